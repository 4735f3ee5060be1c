// Lint rules and the import table of ARCHITECTURE.md: a room may import only what stands in its row.
import boundaries from 'eslint-plugin-boundaries';
import tseslint from 'typescript-eslint';

const engine = ['ir', 'math', 'linalg', 'grad', 'schedule', 'emit', 'device'];
/** Room → rooms it may import. Every room may import itself and `shared`. */
const rooms = {
  shared: { pattern: 'src/shared', allow: [] },
  core: { pattern: 'src/core', allow: [] },
  kernelClient: { pattern: 'src/kernel', allow: [] },
  service: { pattern: 'src/service', allow: ['core', 'kernelClient'] },
  panel: { pattern: 'src/panel', allow: [] },
  editor: { pattern: 'src/editor', allow: ['service', 'core', 'kernelClient', 'panel'] },
  cli: { pattern: 'src/cli', allow: ['service'] },
  ir: { pattern: 'runtime/ir', allow: [] },
  math: { pattern: 'runtime/math', allow: ['ir'] },
  linalg: { pattern: 'runtime/linalg', allow: ['ir', 'math'] },
  grad: { pattern: 'runtime/grad', allow: ['ir', 'math'] },
  schedule: { pattern: 'runtime/schedule', allow: ['ir', 'math', 'grad'] },
  emit: { pattern: 'runtime/emit', allow: ['ir', 'math', 'schedule'] },
  device: { pattern: 'runtime/device', allow: ['ir', 'math', 'linalg', 'schedule', 'emit'] },
  numpy: { pattern: 'runtime/numpy', allow: engine },
  tensorflow: { pattern: 'runtime/tensorflow', allow: [...engine, 'numpy'] },
  api: { pattern: 'runtime/api', allow: [...engine, 'numpy'] },
  trace: { pattern: 'runtime/trace', allow: ['ir'] },
  kernel: { pattern: 'runtime/kernel', allow: [...engine, 'numpy', 'tensorflow', 'trace'] },
  webview: { pattern: 'webview', allow: [] },
};
const forbidden = {
  core: ['vscode', 'node:*'],
  shared: ['vscode', 'node:*'],
  service: ['vscode'],
  cli: ['vscode'],
  kernelClient: ['vscode'],
  webview: ['vscode', 'node:*'],
};

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.conformance/', '.cache/', '.vscode-test/', 'examples/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts', 'runtime/**/*.ts', 'webview/**/*.ts'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': Object.entries(rooms).map(([type, { pattern }]) => ({ type, pattern })),
      'import/resolver': { node: { extensions: ['.ts', '.js'] } },
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          message: '{{from.element.types}} may not import {{to.element.types}} (see the table in ARCHITECTURE.md)',
          policies: [
            // What is no room of the table (packages, node:*, package.json) is the business of the rules below.
            { allow: { to: { element: { type: null } } } },
            ...Object.entries(rooms).map(([from, { allow }]) => ({
              from: { element: { type: from } },
              allow: { to: { element: { types: { anyOf: [from, 'shared', ...allow] } } } },
            })),
          ],
        },
      ],
    },
  },
  ...Object.entries(forbidden).map(([room, names]) => ({
    files: [`${rooms[room].pattern}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns: names.map(group => ({ group: [group] })) }] },
  })),
  {
    files: ['runtime/{ir,grad,schedule,emit,device,math,linalg,numpy,tensorflow,trace,api}/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['vscode', 'node:*'] }] }] },
  },
);
