// The gradient of a function: lifted where it is NumPy, run, checked by central differences, shown in the panel and beside its `def`.
import * as vscode from 'vscode';
import type { Grad, NoGrad } from '../service/grad.ts';
import type { OutlineFunction } from '../shared/outline.ts';
import type { Step } from '../shared/panel.ts';
import type { Features } from './features.ts';
import { programAt, type Target } from './graph.ts';
import { callText, checkText, gradientRun, inlineText } from './panel/gradientText.ts';
import { exampleOf, pointOf } from './panel/point.ts';
import { openProgram } from './panel/shown.ts';
import { placeOf, programPosition, type OpenProgram } from './programs.ts';
import { setting } from './settings.ts';

const memory = 'tensorlift.gradient.points';

export function registerGradient(features: Features): vscode.Disposable {
  const { analyses, service, shown, context } = features;
  const beside = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 3ch', color: new vscode.ThemeColor('tensorlift.resultForeground') },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
  });
  /** What stands beside the code, by document. */
  const results = new Map<string, vscode.DecorationOptions[]>();

  const draw = (editor: vscode.TextEditor): void =>
    editor.setDecorations(beside, results.get(editor.document.uri.toString()) ?? []);
  const drawAll = (): void => vscode.window.visibleTextEditors.forEach(draw);

  function note(program: OpenProgram, found: OutlineFunction, answer: Grad): void {
    const place = placeOf(program, found.nameRange);
    if (!place) return;
    const end = place.document.lineAt(place.range.start.line).range.end;
    const rows = answer.gradients.map(
      ({ source, norm, min, max, checkMaxRel }) =>
        `| \`${source}\` | ${norm.toPrecision(4)} | ${min.toPrecision(4)} | ${max.toPrecision(4)} | ${checkText(checkMaxRel)} |`,
    );
    const hoverMessage = new vscode.MarkdownString(
      [
        `\`${callText(answer, found.name)}\``,
        '',
        `| ∂${found.name}/∂ | norm | min | max | central differences |`,
        '|---|--:|--:|--:|---|',
        ...rows,
        ...(answer.lifted ? ['', 'The function was lifted to TensorFlow for this; the file did not change.'] : []),
      ].join('\n'),
    );
    const options = {
      range: new vscode.Range(end, end),
      hoverMessage,
      renderOptions: { after: { contentText: inlineText(answer) } },
    };
    const key = place.document.uri.toString();
    const others = (results.get(key) ?? []).filter(each => each.range.start.line !== end.line);
    results.set(key, [...others, options]);
    drawAll();
  }

  /** The function that was asked for by name, or the one around the cursor. */
  async function functionAt(program: OpenProgram, name: string | undefined): Promise<OutlineFunction> {
    const analysed = await analyses.currentOf(program);
    const { outline } =
      analysed?.program.text === program.text
        ? analysed
        : await service.call('inspect', [program.source, program.path]);
    const functions = outline.functions.filter(({ kind }) => kind === 'function');
    if (name !== undefined) {
      const found = functions.find(each => each.name === name);
      if (!found) throw new Error(`The file has no function ${name}.`);
      return found;
    }
    const editor = vscode.window.activeTextEditor;
    const at = editor && programPosition(program, editor.document, editor.selection.active);
    const around = at && functions.find(({ range }) => range.start.line <= at.line && at.line <= range.end.line);
    if (around) return around;
    const [only, second] = functions;
    if (only && !second) return only;
    const chosen = await vscode.window.showQuickPick(
      functions.map(each => ({ label: each.name, description: `(${each.parameters.join(', ')})`, each })),
      { title: 'Gradient of Which Function?' },
    );
    if (!chosen) throw new vscode.CancellationError();
    return chosen.each;
  }

  /** Asks for the arguments where nothing tells their shapes. */
  async function pointFor(program: OpenProgram, { name, parameters }: OutlineFunction): Promise<string | null> {
    const key = `${program.uri.toString()}#${name}`;
    const remembered = context.workspaceState.get<Readonly<Record<string, string>>>(memory, {});
    const text = await vscode.window.showInputBox({
      title: `Gradient of ${name}`,
      prompt: 'At which arguments? The file does not call the function, and their shapes are not known.',
      value: remembered[key] ?? exampleOf(parameters),
      ignoreFocusOut: true,
      validateInput: text => {
        const point = pointOf(text, parameters);
        return 'problem' in point ? point.problem : null;
      },
    });
    const point = text === undefined ? null : pointOf(text, parameters);
    if (text === undefined || !point || 'problem' in point) return null;
    await context.workspaceState.update(memory, { ...remembered, [key]: text });
    return point.json;
  }

  /** Says why there is none, with the way to the place. */
  async function explain(program: OpenProgram, name: string, { reason, blocked }: NoGrad): Promise<void> {
    const [first] = blocked;
    const said = first ? `${reason} Line ${first.range.start.line + 1}: ${first.reason}` : sentence(name, reason);
    const [goTo, why] = ['Go to Line', 'Explain'];
    const answer = await vscode.window.showWarningMessage(said, ...(first ? [goTo, why] : []));
    if (answer === why) await vscode.commands.executeCommand('tensorlift.explainRule', first?.rule);
    const now = openProgram(program.uri);
    const place = answer === goTo && first && now ? placeOf(now, first.range) : null;
    if (place) await vscode.window.showTextDocument(place.document, { selection: place.range });
  }

  async function gradient(given?: Target & { readonly at?: string }): Promise<Grad | NoGrad | undefined> {
    const program = await programAt(given);
    if (!program) throw new Error('Open a Python file or a notebook first.');
    if (!vscode.workspace.isTrusted)
      throw new Error('A gradient runs the file, and nothing runs in a workspace that is not trusted.');
    const found = await functionAt(program, given?.name);
    const control = new AbortController();
    const timeout = setting('tensorlift.run.timeout', program.uri);
    const ask = (at: string | undefined): Promise<Grad | NoGrad> => {
      shown.begin(program, 'gradients', steps(found.name), timeout, () => control.abort());
      const options = { check: true, trace: true, ...(at ? { at } : {}), ...(timeout ? { timeout } : {}) };
      return service.call('grad', [program.source, program.path, found.name, options], control.signal);
    };
    let [at, answer]: [string | undefined, Grad | NoGrad | null] = [given?.at, null];
    try {
      answer = await ask(at);
      if ('reason' in answer && answer.needsPoint) {
        shown.giveUp();
        at = (await pointFor(program, found)) ?? undefined;
        if (at === undefined) return answer;
        answer = await ask(at);
      }
    } catch (error) {
      if (control.signal.aborted) return undefined;
      throw error;
    } finally {
      if (!answer || 'reason' in answer) shown.giveUp();
    }
    if ('reason' in answer) {
      void explain(program, found.name, answer);
      return answer;
    }
    note(program, found, answer);
    const again = () => gradient({ uri: program.uri, name: found.name, ...(at ? { at } : {}) });
    await shown.showResult(program, gradientRun(answer, found.name), 'gradients', again);
    return answer;
  }

  return vscode.Disposable.from(
    beside,
    features.command('tensorlift.showGradient', async (given?: Target) => {
      try {
        return await gradient(given);
      } catch (error) {
        if (error instanceof vscode.CancellationError) return undefined;
        throw error;
      }
    }),
    vscode.window.onDidChangeVisibleTextEditors(drawAll),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      // What was computed of another text would be wrong beside this one.
      if (contentChanges.length && results.delete(document.uri.toString())) drawAll();
    }),
    vscode.workspace.onDidCloseTextDocument(document => results.delete(document.uri.toString())),
  );
}

const steps = (name: string): readonly Step[] => [
  { label: 'Reading the function', state: 'done' },
  { label: `Differentiating ${name}`, state: 'active' },
  { label: 'Comparing with central differences', state: 'waiting' },
];

/** Reasons of the kernel begin in the middle of a sentence. */
const sentence = (name: string, reason: string): string =>
  /^[a-z]/.test(reason) ? `There is no gradient of ${name}: ${reason.replace(/\.?$/, '.')}` : reason;
