// The colours of pictures, read from the theme. Meaning, not decoration: blue upstream, yellow downstream, purple gradients,
// green state, red not finite. High-contrast themes leave many of VS Code's colours unset, so each has a chain of fallbacks.

const chains = {
  ground: ['--vscode-editor-background'],
  ink: ['--vscode-foreground', '--vscode-editor-foreground'],
  quiet: ['--vscode-descriptionForeground', '--vscode-foreground'],
  line: ['--vscode-contrastBorder', '--vscode-editorWidget-border', '--vscode-panel-border', '--vscode-foreground'],
  blue: ['--vscode-charts-blue', '--vscode-terminal-ansiBrightBlue', '--vscode-foreground'],
  yellow: ['--vscode-charts-yellow', '--vscode-terminal-ansiYellow', '--vscode-foreground'],
  purple: ['--vscode-charts-purple', '--vscode-terminal-ansiMagenta', '--vscode-foreground'],
  green: ['--vscode-charts-green', '--vscode-terminal-ansiGreen', '--vscode-foreground'],
  red: ['--vscode-editorError-foreground', '--vscode-charts-red', '--vscode-errorForeground', '--vscode-foreground'],
  warning: ['--vscode-editorWarning-foreground', '--vscode-charts-yellow', '--vscode-foreground'],
  focus: ['--vscode-contrastActiveBorder', '--vscode-focusBorder', '--vscode-foreground'],
  match: ['--vscode-editor-findMatchHighlightBorder', '--vscode-charts-yellow', '--vscode-foreground'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export interface Colors extends Readonly<Record<keyof typeof chains, string>> {
  readonly highContrast: boolean;
  readonly dark: boolean;
  readonly sans: string;
  readonly mono: string;
}

type Rgb = readonly [number, number, number, number];

/** Hexadecimal and `rgb()` colours, which is all that themes give. */
export function parseColor(text: string): Rgb {
  if (text.startsWith('#')) {
    const digits = text.length < 6 ? [...text.slice(1)].map(digit => digit + digit).join('') : text.slice(1);
    const part = (at: number) => parseInt(digits.slice(at, at + 2), 16);
    return [part(0), part(2), part(4), digits.length > 6 ? part(6) / 255 : 1];
  }
  const [r = 128, g = 128, b = 128, a = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [r, g, b, a];
}

/** From `a` to `b` by `t`; a translucent `b` counts as far as it covers. */
export function mix(a: string, b: string, t: number): string {
  const [from, to] = [parseColor(a), parseColor(b)];
  const share = t * to[3];
  const part = (at: 0 | 1 | 2) => Math.round(from[at] + (to[at] - from[at]) * share);
  return `rgb(${part(0)}, ${part(1)}, ${part(2)})`;
}

export const alpha = (color: string, opacity: number): string => {
  const [r, g, b] = parseColor(color);
  return `rgba(${r}, ${g}, ${b}, ${opacity})`;
};

export const luminance = (color: string): number => {
  const [r, g, b] = parseColor(color);
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
};

let known: Colors | null = null;

export function readColors(): Colors {
  if (known) return known;
  const style = getComputedStyle(document.body);
  const first = (names: readonly string[]) =>
    names.map(name => style.getPropertyValue(name).trim()).find(value => value !== '') ?? '#888888';
  const colors = Object.fromEntries(Object.entries(chains).map(([key, names]) => [key, first(names)])) as Record<
    keyof typeof chains,
    string
  >;
  known = {
    ...colors,
    highContrast: document.body.className.includes('high-contrast'),
    dark: luminance(colors.ground) < 0.5,
    sans: first(['--vscode-font-family']),
    mono: first(['--vscode-editor-font-family']),
  };
  return known;
}

/** Calls back when the theme changes: VS Code sets classes on the body and variables on the document. */
export function onThemeChange(changed: () => void): () => void {
  const again = (): void => {
    known = null;
    changed();
  };
  const observer = new MutationObserver(again);
  for (const element of [document.body, document.documentElement])
    observer.observe(element, { attributes: true, attributeFilter: ['class', 'style', 'data-vscode-theme-id'] });
  return () => observer.disconnect();
}

/** One hue from ground to ink: lightness is monotone in every theme. `t` from 0 to 1. */
export const ramp = ({ ground, dark }: Colors, hue: string, t: number): string =>
  t < 0.6
    ? mix(ground, hue, 0.06 + (0.94 * t) / 0.6)
    : mix(hue, dark ? '#ffffff' : '#000000', ((t - 0.6) / 0.4) * 0.78);

/** Text that can be read on a filled cell. */
export const inkOn = (fill: string): string =>
  luminance(fill) > 0.45 ? mix(fill, '#000000', 0.9) : mix(fill, '#ffffff', 0.94);
