// Marks in the gutter: a bar where a statement ran, a hollow bar where it did not, a diamond where it raised an error, a moving
// bar's first third where it runs. The shape says what it is; colour only helps.
import * as vscode from 'vscode';

export type Mark = 'ran' | 'skipped' | 'threw' | 'running';

interface Look {
  readonly light: string;
  readonly dark: string;
  readonly ruler: string;
}

const picture = (body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16">${body}</svg>`;
const bar = (color: string): string => picture(`<rect x="6" y="2" width="3" height="12" rx="1" fill="${color}"/>`);
const hollow = (color: string): string =>
  picture(`<rect x="6" y="2.5" width="3" height="11" rx="1" fill="none" stroke="${color}"/>`);
const diamond = (color: string): string => picture(`<path d="M7.5 3 12 7.5 7.5 12 3 7.5Z" fill="${color}"/>`);
const dots = (color: string): string =>
  picture([3, 7, 11].map(y => `<rect x="6" y="${y}" width="3" height="2.5" rx="1" fill="${color}"/>`).join(''));

const looks: Readonly<Record<Mark | 'stale', Look>> = {
  ran: { light: bar('#3b8640'), dark: bar('#6ba368'), ruler: '' },
  stale: { light: bar('#a0a0a0'), dark: bar('#6e6e6e'), ruler: '' },
  skipped: { light: hollow('#767676'), dark: hollow('#9d9d9d'), ruler: '' },
  threw: { light: diamond('#c72e0f'), dark: diamond('#f14c4c'), ruler: 'editorOverviewRuler.errorForeground' },
  running: { light: dots('#1a66c4'), dark: dots('#4f9bf5'), ruler: 'editorOverviewRuler.infoForeground' },
};

const address = (svg: string): vscode.Uri =>
  vscode.Uri.parse(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`);

export class Marks implements vscode.Disposable {
  readonly #types = new Map(
    Object.entries(looks).map(([name, { light, dark, ruler }]) => [
      name,
      vscode.window.createTextEditorDecorationType({
        light: { gutterIconPath: address(light) },
        dark: { gutterIconPath: address(dark) },
        gutterIconSize: 'contain',
        ...(ruler
          ? { overviewRulerColor: new vscode.ThemeColor(ruler), overviewRulerLane: vscode.OverviewRulerLane.Left }
          : {}),
      }),
    ]),
  );

  draw(
    editor: vscode.TextEditor,
    marks: readonly { readonly line: number; readonly mark: Mark; readonly stale: boolean }[],
  ): void {
    const last = editor.document.lineCount - 1;
    for (const [name, type] of this.#types) {
      const ranges = marks
        .filter(({ line, mark, stale }) => line <= last && (stale && mark === 'ran' ? 'stale' : mark) === name)
        .map(({ line }) => new vscode.Range(line, 0, line, 0));
      editor.setDecorations(type, ranges);
    }
  }

  dispose(): void {
    for (const type of this.#types.values()) type.dispose();
  }
}
