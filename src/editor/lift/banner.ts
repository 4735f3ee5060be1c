// What a lifted document says of itself: a row of lenses on top, and the level of each changed line at its end.
import * as vscode from 'vscode';
import { liftedScheme } from '../contributions/ids.ts';
import { headlineAt, noteText } from './edits.ts';
import type { Proposal, Proposals } from './proposals.ts';
import { disagrees, headline } from './titles.ts';

const marks = { verified: '✓', differs: '✗', failed: '✗', 'not-run': '○' } as const;
const told = ({ verdict, words }: Proposal): string => `${marks[verdict.status]} ${headline(verdict, words)}`;

export function registerBanner(proposals: Proposals): vscode.Disposable {
  const types = {
    safe: endOfLine('tensorlift.verifiedForeground'),
    review: endOfLine('tensorlift.reviewForeground'),
    unsafe: endOfLine('tensorlift.differsForeground'),
    neutral: endOfLine('tensorlift.resultForeground'),
  };
  const decorate = (editor: vscode.TextEditor): void => {
    const { document } = editor;
    if (document.uri.scheme !== liftedScheme) return;
    const proposal = proposals.of(document.uri);
    if (!proposal) return;
    const rows = new Map<keyof typeof types, vscode.DecorationOptions[]>();
    const add = (type: keyof typeof types, line: number, text: string, hover: vscode.MarkdownString): void => {
      const { range } = document.lineAt(Math.min(line, document.lineCount - 1));
      const row = {
        range,
        hoverMessage: hover,
        renderOptions: { after: { contentText: text } },
      };
      rows.set(type, [...(rows.get(type) ?? []), row]);
    };
    const { verdict, notes } = proposal;
    const tone = disagrees(verdict.status) ? 'unsafe' : verdict.status === 'verified' ? 'safe' : 'neutral';
    const lines = document.getText().split(/\r\n|\n|\r/);
    add(tone, headlineAt(lines, notes), told(proposal), overview(proposal));
    for (const note of notes) {
      const details = [`**${noteText({ ...note, differences: [] })}**`, ...note.differences.map(text => `- ${text}`)];
      const hover = new vscode.MarkdownString(details.join('\n\n'));
      add(note.level, note.line, noteText(note), hover);
    }
    for (const [name, type] of Object.entries(types))
      editor.setDecorations(type, rows.get(name as keyof typeof types) ?? []);
  };
  const all = () => vscode.window.visibleTextEditors.forEach(decorate);
  return vscode.Disposable.from(
    ...Object.values(types),
    vscode.window.onDidChangeVisibleTextEditors(all),
    vscode.languages.registerCodeLensProvider(
      { scheme: liftedScheme },
      { provideCodeLenses: document => lenses(proposals.of(document.uri)) },
    ),
  );
}

function lenses(proposal: Proposal | null): vscode.CodeLens[] {
  if (!proposal) return [];
  const range = new vscode.Range(0, 0, 0, 0);
  const rows: readonly vscode.Command[] = [
    { title: told(proposal), command: 'tensorlift.showLiftReport', arguments: [proposal.right] },
    { title: 'Accept', command: 'tensorlift.acceptLift', arguments: [proposal.right] },
    { title: 'Discard', command: 'tensorlift.discardLift', arguments: [proposal.right] },
    { title: 'Show Report', command: 'tensorlift.showLiftReport', arguments: [proposal.right] },
  ];
  return rows.map(command => new vscode.CodeLens(range, command));
}

function overview(proposal: Proposal): vscode.MarkdownString {
  const argument = encodeURIComponent(JSON.stringify([proposal.right.toString()]));
  const link = (title: string, command: string): string => `[${title}](command:${command}?${argument})`;
  const text = new vscode.MarkdownString(
    [
      `**${headline(proposal.verdict, proposal.words)}.**`,
      [
        link('Accept', 'tensorlift.acceptLift'),
        link('Discard', 'tensorlift.discardLift'),
        link('Show Report', 'tensorlift.showLiftReport'),
      ].join(' | '),
    ].join('\n\n'),
  );
  text.isTrusted = {
    enabledCommands: ['tensorlift.acceptLift', 'tensorlift.discardLift', 'tensorlift.showLiftReport'],
  };
  return text;
}

const endOfLine = (color: string): vscode.TextEditorDecorationType =>
  vscode.window.createTextEditorDecorationType({
    after: { color: new vscode.ThemeColor(color), margin: '0 0 0 4ch' },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
