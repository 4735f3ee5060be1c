// The colours of the picture, read from the theme. Meaning, not decoration: blue upstream, yellow downstream, purple gradients,
// green state, red not finite. High-contrast themes leave many of VS Code's colours unset, so each has a chain of fallbacks.

export interface Colors {
  readonly ground: string;
  readonly panel: string;
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly blue: string;
  readonly yellow: string;
  readonly purple: string;
  readonly green: string;
  readonly red: string;
  readonly focus: string;
  readonly highContrast: boolean;
}

const chains: Readonly<Record<Exclude<keyof Colors, 'highContrast'>, readonly string[]>> = {
  ground: ['--vscode-editor-background'],
  panel: ['--vscode-editorWidget-background', '--vscode-sideBar-background', '--vscode-editor-background'],
  ink: ['--vscode-editor-foreground', '--vscode-foreground'],
  quiet: ['--vscode-descriptionForeground', '--vscode-foreground'],
  line: ['--vscode-contrastBorder', '--vscode-editorWidget-border', '--vscode-panel-border'],
  blue: ['--vscode-charts-blue', '--vscode-terminal-ansiBrightBlue', '--vscode-foreground'],
  yellow: ['--vscode-charts-yellow', '--vscode-terminal-ansiYellow', '--vscode-foreground'],
  purple: ['--vscode-charts-purple', '--vscode-terminal-ansiMagenta', '--vscode-foreground'],
  green: ['--vscode-charts-green', '--vscode-terminal-ansiGreen', '--vscode-foreground'],
  red: ['--vscode-editorError-foreground', '--vscode-charts-red', '--vscode-errorForeground'],
  focus: ['--vscode-contrastActiveBorder', '--vscode-focusBorder'],
};

export function readColors(element: Element): Colors {
  const style = getComputedStyle(element);
  const first = (names: readonly string[]) =>
    names.map(name => style.getPropertyValue(name).trim()).find(value => value !== '') ?? '#888';
  const colors = Object.fromEntries(
    Object.entries(chains).map(([key, names]) => [key, first(names)]),
  ) as unknown as Omit<Colors, 'highContrast'>;
  return { ...colors, highContrast: document.body.classList.contains('vscode-high-contrast') };
}
