// Whether things may move: the system's wish, or VS Code's own setting.
export const reducedMotion = (): boolean =>
  matchMedia('(prefers-reduced-motion: reduce)').matches || document.body.classList.contains('vscode-reduce-motion');
