// `import text from './worker.ts?source'`: that file bundled, as a text (scripts/build.mjs).
declare module '*?source' {
  const text: string;
  export default text;
}
