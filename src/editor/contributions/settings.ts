// Every setting of the extension: one row each. `scripts/generate-manifest.ts` writes them into package.json, `settings.ts` reads
// them with the type of their default.

export interface SettingRow {
  readonly section: 'Analysis' | 'Conversion' | 'Run' | 'Editor';
  readonly default: boolean | number | string | Readonly<Record<string, string>>;
  /** Markdown. */
  readonly description: string;
  /** Allowed texts, each with a description. */
  readonly choices?: Readonly<Record<string, string>>;
  readonly minimum?: number;
  readonly scope?: 'resource' | 'window' | 'machine-overridable';
  /** Ignored in a workspace that is not trusted. */
  readonly trusted?: true;
}

export const settings = {
  'tensorlift.lint.enable': {
    section: 'Analysis',
    default: true,
    description: 'Show what can be lifted to TensorFlow, and what would change, while you type.',
    scope: 'resource',
  },
  'tensorlift.lint.rules': {
    section: 'Analysis',
    default: {},
    description:
      'Severity of single rules: `{"TL204": "off"}`. One of `off`, `hint`, `information`, `warning`, `error`, `default`.',
    scope: 'resource',
  },
  'tensorlift.lint.delay': {
    section: 'Analysis',
    default: 300,
    minimum: 0,
    description: 'Milliseconds without typing before a changed file is analysed again.',
  },
  'tensorlift.inlayHints.shapes': {
    section: 'Editor',
    default: true,
    description: 'Show dtype and shape behind the names of arrays and tensors, as `f64[1000,1000]`.',
    scope: 'resource',
  },
  'tensorlift.hover.enable': {
    section: 'Editor',
    default: true,
    description: 'Say in hovers what a call becomes under TensorFlow, and why.',
    scope: 'resource',
  },
  'tensorlift.codeLens.run': {
    section: 'Editor',
    default: true,
    description: 'Lens `Run` over functions and cells.',
    scope: 'resource',
  },
  'tensorlift.codeLens.lift': {
    section: 'Editor',
    default: true,
    description: 'Lens `Lift` over functions and cells.',
    scope: 'resource',
  },
  'tensorlift.codeLens.graph': {
    section: 'Editor',
    default: true,
    description: 'Lens `Graph` over functions and cells.',
    scope: 'resource',
  },
  'tensorlift.codeLens.gradient': {
    section: 'Editor',
    default: true,
    description: 'Lens `Gradient` over functions.',
    scope: 'resource',
  },
  'tensorlift.convert.level': {
    section: 'Conversion',
    default: 'review',
    choices: {
      safe: 'Only changes that agree for all inputs.',
      review: 'Also changes whose difference the fix names.',
      unsafe: 'Also changes that may alter results.',
    },
    description: 'Up to which level a function or file is lifted.',
    scope: 'resource',
  },
  'tensorlift.convert.dtypes': {
    section: 'Conversion',
    default: 'faithful',
    choices: { faithful: "Keep NumPy's dtypes.", float32: 'Turn float64 into float32, as GPUs prefer.' },
    description: 'Which dtypes lifted code computes in.',
    scope: 'resource',
  },
  'tensorlift.convert.target': {
    section: 'Conversion',
    default: 'file',
    choices: { file: 'Change the file itself.', beside: 'Write a new file beside it.' },
    description: 'Where *Lift File* writes.',
    scope: 'resource',
  },
  'tensorlift.convert.preview': {
    section: 'Conversion',
    default: 'diff',
    choices: {
      diff: 'Open a diff with the verdict, to accept or discard.',
      refactor: "Open VS Code's refactor preview.",
      none: 'Change the text at once; undo takes it back.',
    },
    description: 'What is shown before a function or file is lifted.',
    scope: 'resource',
  },
  'tensorlift.verify.enable': {
    section: 'Conversion',
    default: true,
    description: 'Prove conversions by running both sides.',
    scope: 'resource',
    trusted: true,
  },
  'tensorlift.verify.python': {
    section: 'Conversion',
    default: '',
    description: 'Path of a Python interpreter with NumPy and TensorFlow to verify on. Empty: the bundled runtime.',
    scope: 'machine-overridable',
    trusted: true,
  },
  'tensorlift.verify.timeout': {
    section: 'Conversion',
    default: 60,
    minimum: 1,
    description: 'Seconds after which a verification gives up.',
  },
  'tensorlift.run.results': {
    section: 'Run',
    default: 'inline',
    choices: {
      inline: 'Beside the code.',
      hover: 'Only a mark beside the code; the value is in the hover.',
      off: 'Only in the output and the panel.',
    },
    description: 'Where the results of a run are shown.',
  },
  'tensorlift.run.sparklines': {
    section: 'Run',
    default: true,
    description: 'Draw a small picture of an array beside its value.',
  },
  'tensorlift.run.timeout': {
    section: 'Run',
    default: 120,
    minimum: 0,
    description: 'Seconds after which a run is ended; 0 for no limit.',
    scope: 'resource',
    trusted: true,
  },
  'tensorlift.run.memoryLimit': {
    section: 'Run',
    default: 2048,
    minimum: 64,
    description: "Upper bound of Python's memory in MB (at most 4096). Takes effect when the kernel starts again.",
    trusted: true,
  },
  'tensorlift.run.idleTimeout': {
    section: 'Run',
    default: 30,
    minimum: 0,
    description: 'Minutes after which a kernel that is not used is ended; 0 for never.',
  },
  'tensorlift.run.standby': {
    section: 'Run',
    default: true,
    description:
      'Start the kernel when a Python file that imports NumPy or TensorFlow is opened, and keep a second one in reserve, so that the first run and a restart take no time.',
  },
  'tensorlift.runtime.device': {
    section: 'Run',
    default: 'auto',
    choices: {
      auto: 'By dtype and size.',
      webgpu: 'The GPU where the dtype allows it.',
      wasm: 'WebAssembly on the CPU.',
    },
    description: 'Where ops run.',
  },
  'tensorlift.runtime.node': {
    section: 'Run',
    default: '',
    description: 'Path of a Node.js (22 or newer) that runs the kernel. Empty: the bundled one.',
    scope: 'machine-overridable',
    trusted: true,
  },
} as const satisfies Record<`tensorlift.${string}`, SettingRow>;

export type SettingId = keyof typeof settings;

type Widen<T> = T extends boolean
  ? boolean
  : T extends number
    ? number
    : T extends string
      ? string
      : Readonly<Record<string, string>>;
type ChoiceOf<Row> = Row extends { readonly choices: infer Choices }
  ? keyof Choices & string
  : Row extends { readonly default: infer D }
    ? Widen<D>
    : never;
/** The type of a setting's value. */
export type SettingValue<Id extends SettingId> = ChoiceOf<(typeof settings)[Id]>;
