// Hovers: over a call, what it becomes under TensorFlow, how far that is the same, and why; over the name of a function, what it
// bears; over the name of an array, its type and what the last run saw in it.
import * as vscode from 'vscode';
import type { InferredValue } from '../shared/findings.ts';
import type { Position, Range } from '../shared/positions.ts';
import type { LineResult } from '../shared/trace.ts';
import type { LinkedFix } from './codeActions.ts';
import type { CommandId } from './contributions/commands.ts';
import { pythonSelector } from './contributions/ids.ts';
import type { Analysed } from './analyses.ts';
import { shownOf } from './diagnostics.ts';
import type { Features } from './features.ts';
import { findingText, readinessHover, ruleText, valueHover, type Link, type RuleText } from './hoverText.ts';
import { compare, contains, type Shown } from './lint.ts';
import { heatmap, pictureColors, sparkline } from './pictures.ts';
import { isCurrent, placeOf, programPosition } from './programs.ts';
import { rulePage } from './rulePages.ts';
import { setting } from './settings.ts';

/** Commands that links of hovers may run. */
const enabledCommands: readonly CommandId[] = [
  'tensorlift.applyFix',
  'tensorlift.revealInGraph',
  'tensorlift.explainRule',
  'tensorlift.showTensors',
];

class Hovers implements vscode.HoverProvider {
  readonly #features: Features;
  readonly #pages = new Map<string, Promise<RuleText | null>>();

  constructor(features: Features) {
    this.#features = features;
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | null> {
    if (!setting('tensorlift.hover.enable', document)) return null;
    const analysed = await this.#features.analyses.current(document);
    const at = analysed && programPosition(analysed.program, document, position);
    if (!analysed || !at || token.isCancellationRequested) return null;
    const contents: vscode.MarkdownString[] = [];
    const shown = shownOf(analysed).filter(each => touches(each.range, at));
    for (const each of shown) {
      const text = await this.#finding(analysed, each);
      if (text) contents.push(text);
    }
    const ready = this.#readiness(analysed, document, position, at);
    if (ready) contents.push(ready);
    const value = ready ? null : this.#value(analysed, document, position, at);
    if (value) contents.push(value.text);
    if (contents.length === 0) return null;
    const range = value?.range ?? placeOf(analysed.program, shown[0]?.range ?? { start: at, end: at })?.range;
    return new vscode.Hover(contents, range);
  }

  async #finding(analysed: Analysed, { finding, also }: Shown): Promise<vscode.MarkdownString | null> {
    // Where a warning speaks for a conversion at the same place, the conversion is what can be applied.
    const main = finding.fixes.length ? finding : (also.find(each => each.fixes.length > 0) ?? finding);
    const others = also.filter(each => each !== main);
    const text = findingText(
      main,
      textOf(analysed, main.range),
      others,
      // Where a warning speaks, it has said why.
      main === finding ? await this.#page(main.rule) : null,
      this.#links(analysed, main),
    );
    return text === null ? null : trusted(text);
  }

  #links(analysed: Analysed, { rule, fixes }: Shown['finding']): readonly Link[] {
    const { program } = analysed;
    const version = program.parts[0]?.version ?? 0;
    const links: Link[] = [];
    const [fix] = fixes;
    if (fix) {
      const linked: LinkedFix = { uri: program.uri.toString(), version, rule, title: fix.title, edits: fix.edits };
      links.push(link('Apply', 'tensorlift.applyFix', fix.title, linked));
    }
    if (this.#features.runs.last(program.uri)?.done)
      links.push(link('Show in Graph', 'tensorlift.revealInGraph', 'Select the line in the graph of the last run'));
    links.push(link(`Explain ${rule}`, 'tensorlift.explainRule', 'Open the page of the rule', rule));
    return links;
  }

  #page(rule: string): Promise<RuleText | null> {
    const known = this.#pages.get(rule);
    if (known) return known;
    const page = Promise.resolve(
      vscode.workspace.fs.readFile(rulePage(this.#features.context.extensionUri, rule)),
    ).then(
      bytes => ruleText(new TextDecoder().decode(bytes)),
      () => null,
    );
    this.#pages.set(rule, page);
    return page;
  }

  /** Over the name of a function of the file: what it bears. */
  #readiness(
    { readiness, program }: Analysed,
    document: vscode.TextDocument,
    position: vscode.Position,
    at: Position,
  ): vscode.MarkdownString | null {
    const word = document.getWordRangeAtPosition(position, /[A-Za-z_]\w*/);
    const name = word && document.getText(word);
    const isCall = !!word && document.lineAt(word.end.line).text[word.end.character] === '(';
    const isMethod = !!word && /\.\s*$/.test(document.lineAt(word.start.line).text.slice(0, word.start.character));
    const answer =
      readiness.find(({ range }) => touches(range, at)) ??
      (isCall && !isMethod ? readiness.findLast(each => each.name === name) : undefined);
    if (!answer) return null;
    const place = (range: Range): string => {
      const found = placeOf(program, range);
      const line = (found?.range.start.line ?? range.start.line) + 1;
      return found?.document.uri.scheme === 'file'
        ? `[line ${line}](${found.document.uri.with({ fragment: `L${line}` }).toString()})`
        : `line ${line}`;
    };
    const explain = (rule: string): string => `[${rule}](${link('', 'tensorlift.explainRule', '', rule).address})`;
    return trusted(readinessHover(answer, place, explain));
  }

  #value(
    analysed: Analysed,
    document: vscode.TextDocument,
    position: vscode.Position,
    at: Position,
  ): { readonly text: vscode.MarkdownString; readonly range: vscode.Range } | null {
    const range = document.getWordRangeAtPosition(position, /[A-Za-z_]\w*/);
    const name = range && document.getText(range);
    // `x.rod` and `f(rod=1)` are other names.
    if (!range || !name || /\.\s*$/.test(document.lineAt(range.start.line).text.slice(0, range.start.character)))
      return null;
    const value = valueAt(analysed, name, at);
    const run = this.#features.runs.last(analysed.program.uri);
    const inFunction = functionAt(analysed, at) !== null;
    const result = run && !inFunction ? resultAt(run.lines, name, at) : null;
    if (!value && !result?.summary) return null;
    const stale = !!run && !isCurrent(run.program);
    const text = valueHover(
      name,
      value,
      result && { result, stale },
      result?.summary ? picturesOf(result) : [],
      result?.summary && !stale
        ? [
            link('Open Tensor', 'tensorlift.showTensors', 'Look at its elements in the panel', {
              name,
            }),
          ]
        : [],
    );
    return { text: trusted(text), range };
  }
}

function picturesOf({ name, summary }: LineResult): readonly { readonly uri: string; readonly alt: string }[] {
  if (!summary) return [];
  const colors = pictureColors(vscode.window.activeColorTheme.kind);
  const heat = heatmap(summary, colors);
  if (heat) return [{ uri: heat.uri, alt: `heat map of ${name}` }];
  const line = sparkline(summary, colors, { width: 160, height: 40 });
  return line ? [{ uri: line, alt: `picture of ${name}` }] : [];
}

/** What a name holds here: at its definition, or what the last definition above gave it in the same function, else in the module. */
function valueAt(analysed: Analysed, name: string, at: Position): InferredValue | null {
  const same = analysed.values.filter(value => value.name === name);
  const here = same.find(({ range }) => touches(range, at));
  if (here) return here;
  const around = functionAt(analysed, at);
  const inScope = (scope: Range | null) =>
    same.filter(({ range }) => equalRange(functionAt(analysed, range.start), scope));
  const own = inScope(around);
  const scope = own.length || around === null ? own : inScope(null);
  return (
    scope.findLast(({ range }) => compare(range.start, at) <= 0) ??
    (around && !own.length ? scope.at(-1) : null) ??
    null
  );
}

/** The innermost function around a place. */
function functionAt({ outline }: Analysed, at: Position): Range | null {
  return outline.functions.findLast(({ range }) => touches(range, at))?.range ?? null;
}
const equalRange = (a: Range | null, b: Range | null): boolean =>
  a === b || (!!a && !!b && compare(a.start, b.start) === 0 && compare(a.end, b.end) === 0);
const touches = (range: Range, at: Position): boolean => contains(range, { start: at, end: at });

/** What the last run saw under a name, at this line or the last one above. */
const resultAt = (lines: readonly LineResult[], name: string, at: Position): LineResult | null =>
  lines
    .filter(line => line.name === name && line.line <= at.line)
    .sort((a, b) => a.line - b.line)
    .at(-1) ?? null;

function textOf({ program }: Analysed, range: Range): string {
  const place = placeOf(program, range);
  return place ? place.document.getText(place.range) : '';
}

const link = (label: string, command: CommandId, tooltip: string, ...args: readonly unknown[]): Link => ({
  label,
  address: `command:${command}${args.length ? `?${encodeURIComponent(JSON.stringify(args))}` : ''}`,
  tooltip: tooltip.replace(/"/g, "'").replace(/\s+/g, ' '),
});

function trusted(text: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text, true);
  markdown.isTrusted = { enabledCommands };
  return markdown;
}

export function registerHover(features: Features): vscode.Disposable {
  return vscode.languages.registerHoverProvider(pythonSelector, new Hovers(features));
}
