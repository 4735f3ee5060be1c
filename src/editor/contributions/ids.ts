// Names that package.json, the editor and the tests share.

/** Kinds of code actions; `vscode.CodeActionKind` appends to them. */
export const actionKinds = {
  rewrite: 'refactor.rewrite.tensorlift',
  fixAll: 'source.fixAll.tensorlift',
  notebookFixAll: 'notebook.source.fixAll.tensorlift',
} as const;

/** Scheme of documents that hold lifted code before it is accepted. */
export const liftedScheme = 'tensorlift-lifted';
/** Type of the webview panel. */
export const panelType = 'tensorlift.panel';
/** `source` of diagnostics. */
export const diagnosticSource = 'tensorlift';
/** Where the pages of the rules are, as a glob. */
export const rulePages = '**/docs/rules/TL[0-9][0-9][0-9].md';
/** Languages and notebooks that the features are registered for. */
export const pythonSelector = [{ language: 'python' }];
export const notebookType = 'jupyter-notebook';

/** Context keys of when clauses. */
export const contextKeys = { active: 'tensorlift.active', running: 'tensorlift.running' } as const;

/** Colours that themes can set. Defaults in order: dark, light, high contrast dark, high contrast light. */
export const colors = {
  'tensorlift.resultForeground': {
    description: 'Values beside the code.',
    defaults: ['#9d9d9d', '#6b6b6b', '#d4d4d4', '#292929'],
  },
  'tensorlift.staleForeground': {
    description: 'Values beside code that changed since it ran.',
    defaults: ['#6e6e6e', '#8b8b8b', '#a6a6a6', '#515151'],
  },
  'tensorlift.verifiedForeground': {
    description: 'Safe changes, and verdicts that agree.',
    defaults: ['#89d185', '#2e7d32', '#89d185', '#185e1c'],
  },
  'tensorlift.reviewForeground': {
    description: 'Changes of level Review.',
    defaults: ['#d7ba7d', '#7a5b00', '#ffd602', '#5c4400'],
  },
  'tensorlift.differsForeground': {
    description: 'Changes of level Unsafe, and verdicts that differ.',
    defaults: ['#f48771', '#b01011', '#ff8c80', '#b5200d'],
  },
} as const;
