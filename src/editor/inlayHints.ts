// dtype and shape behind the names of arrays and tensors, as `f64[1000,1000]`: inferred, or as of the last run where the analysis
// knows less. VS Code switches all inlay hints by `editor.inlayHints.enabled`; ours also by a setting of their own.
import * as vscode from 'vscode';
import { pythonSelector } from './contributions/ids.ts';
import type { Features } from './features.ts';
import { hintsOf } from './hints.ts';
import { isCurrent, linesOf, placeOf, programPosition } from './programs.ts';
import { onSetting, setting } from './settings.ts';

class InlayHints implements vscode.InlayHintsProvider, vscode.Disposable {
  readonly #features: Features;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeInlayHints = this.#changed.event;
  readonly #subscriptions: vscode.Disposable;

  constructor(features: Features) {
    this.#features = features;
    const { analyses, runs } = features;
    const fire = () => this.#changed.fire();
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      analyses.onDidAnalyse(fire),
      runs.onDidChange(({ state }) => {
        if (state !== 'running') fire();
      }),
      runs.onDidLose(fire),
      onSetting(['tensorlift.inlayHints.shapes'], fire),
    );
  }

  async provideInlayHints(
    document: vscode.TextDocument,
    range: vscode.Range,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlayHint[]> {
    if (!setting('tensorlift.inlayHints.shapes', document)) return [];
    const { analyses, runs } = this.#features;
    const analysed = await analyses.settled(document, token);
    if (!analysed || token.isCancellationRequested) return [];
    const { program, values } = analysed;
    const first = programPosition(program, document, range.start);
    const last = programPosition(program, document, range.end);
    if (!first || !last) return [];
    const run = runs.last(program.uri);
    const lines = linesOf(program);
    const within = ({ line }: { readonly line: number }) => first.line <= line && line <= last.line;
    return hintsOf(
      values.filter(value => within(value.range.start)),
      run && isCurrent(run.program) ? run.lines.filter(within) : [],
      line => lines[line] ?? '',
    ).flatMap(({ at, label, tooltip }) => {
      const place = placeOf(program, { start: at, end: at });
      if (place?.document !== document) return [];
      const hint = new vscode.InlayHint(place.range.start, label, vscode.InlayHintKind.Type);
      hint.paddingLeft = true;
      hint.tooltip = tooltip;
      return [hint];
    });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

export function registerInlayHints(features: Features): vscode.Disposable {
  const provider = new InlayHints(features);
  return vscode.Disposable.from(provider, vscode.languages.registerInlayHintsProvider(pythonSelector, provider));
}
