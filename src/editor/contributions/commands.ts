// Every command of the extension: one row each. `scripts/generate-manifest.ts` writes them into package.json, `registerCommand`
// takes their ids, and a test checks that each has an implementation.
import { contextKeys } from './ids.ts';

/** Where a command is of use: a Python file or notebook is in sight, also while the keyboard is in the panel or the terminal. */
const python: string = contextKeys.active;

export interface CommandRow {
  /** Title Case; the category "Tensorlift" stands before it. */
  readonly title: string;
  readonly icon?: `$(${string})`;
  /** Shown in the command palette when this holds; `false` for commands that need arguments. */
  readonly palette: string | false;
  readonly key?: { readonly key: string; readonly mac?: string; readonly when: string };
  /** Places beside the palette: menu id → when clause and group. */
  readonly menus?: Readonly<Record<string, { readonly when: string; readonly group: string }>>;
}

const textOnly = 'editorTextFocus && editorLangId == python && !notebookEditorFocused && !findWidgetVisible';
const file = "resourceLangId == python && resourceScheme != 'output'";
/** Lifted code is in front, beside the original. */
const lifted = 'isInDiffEditor && resourceScheme == tensorlift-lifted';

export const commands = {
  'tensorlift.runFile': {
    title: 'Run File',
    icon: '$(play)',
    palette: python,
    menus: {
      'editor/title/run': { when: `${file} && !isInDiffEditor`, group: 'navigation@10' },
      'tensorlift.context': { when: file, group: '1_run@1' },
    },
  },
  'tensorlift.runSelection': {
    title: 'Run Selection or Statement',
    palette: python,
    key: { key: 'alt+enter', when: textOnly },
    menus: { 'tensorlift.context': { when: file, group: '1_run@2' } },
  },
  'tensorlift.runCell': {
    title: 'Run Cell in Tensorlift',
    icon: '$(zap)',
    palette: false,
    menus: {
      'notebook/cell/title': {
        when: "notebookType == 'jupyter-notebook' && notebookCellType == code",
        group: 'inline/cell@9',
      },
    },
  },
  'tensorlift.runFunction': { title: 'Run Function', palette: python },
  'tensorlift.cancelRun': { title: 'Cancel Run', icon: '$(debug-stop)', palette: 'tensorlift.running' },
  'tensorlift.restartKernel': { title: 'Restart Kernel', icon: '$(debug-restart)', palette: python },
  'tensorlift.clearResults': { title: 'Clear Inline Results', palette: python },
  'tensorlift.copyResult': { title: 'Copy Result', palette: false },

  'tensorlift.liftFile': {
    title: 'Lift File to TensorFlow',
    icon: '$(arrow-up)',
    palette: python,
    menus: { 'tensorlift.context': { when: file, group: '2_lift@1' } },
  },
  'tensorlift.liftFileBeside': {
    title: 'Lift File to TensorFlow, to a New File Beside It',
    palette: python,
    menus: { 'tensorlift.context': { when: file, group: '2_lift@2' } },
  },
  'tensorlift.liftFunction': {
    title: 'Lift Function to TensorFlow',
    palette: python,
    menus: { 'tensorlift.context': { when: file, group: '2_lift@3' } },
  },
  'tensorlift.liftCell': { title: 'Lift Cell to TensorFlow', palette: python },
  'tensorlift.applyFix': { title: 'Apply Fix', palette: false },
  'tensorlift.acceptLift': {
    title: 'Accept Lifted Code',
    icon: '$(check)',
    palette: lifted,
    menus: { 'editor/title': { when: lifted, group: 'navigation@1' } },
  },
  'tensorlift.discardLift': {
    title: 'Discard Lifted Code',
    icon: '$(discard)',
    palette: lifted,
    menus: { 'editor/title': { when: lifted, group: 'navigation@2' } },
  },
  'tensorlift.showLiftReport': {
    title: 'Show Report on Lifted Code',
    icon: '$(checklist)',
    palette: lifted,
    menus: { 'editor/title': { when: lifted, group: 'navigation@3' } },
  },
  'tensorlift.compare': {
    title: 'Compare Before and After',
    icon: '$(compare-changes)',
    palette: python,
    menus: { 'tensorlift.context': { when: file, group: '2_lift@4' } },
  },
  'tensorlift.openLiftDiff': { title: 'Open Diff of Lifted Code', palette: false },
  'tensorlift.verifyWithPython': { title: 'Verify Lifted Code with a Python Interpreter…', palette: python },

  'tensorlift.showGraph': {
    title: 'Show Graph',
    icon: '$(type-hierarchy)',
    palette: python,
    menus: {
      'editor/title': { when: file, group: 'navigation@20' },
      'tensorlift.context': { when: file, group: '3_show@1' },
    },
  },
  'tensorlift.showGradient': {
    title: 'Show Gradient of Function',
    palette: python,
    menus: { 'tensorlift.context': { when: file, group: '3_show@2' } },
  },
  'tensorlift.showTensors': { title: 'Show Tensors', palette: python },
  'tensorlift.showTimings': { title: 'Show Timings', palette: python },
  'tensorlift.revealInGraph': {
    title: 'Reveal Line in Graph',
    palette: python,
    menus: { 'tensorlift.context': { when: file, group: '3_show@3' } },
  },
  'tensorlift.exportReport': { title: 'Export Report as HTML…', palette: python },

  'tensorlift.explainRule': { title: 'Explain Rule', palette: false },
  'tensorlift.disableRule': { title: 'Disable Rule', palette: false },
  'tensorlift.showOutput': { title: 'Show Output', icon: '$(output)', palette: python },
  'tensorlift.showMenu': { title: 'Show Status and Actions', palette: python },
} as const satisfies Record<`tensorlift.${string}`, CommandRow>;

export type CommandId = keyof typeof commands;
