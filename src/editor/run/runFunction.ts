// Run Function: repeats the last call of a function in its file, or asks for arguments and remembers them.
import * as vscode from 'vscode';
import type { OutlineFunction } from '../../shared/outline.ts';
import type { LensTarget } from '../codeLens.ts';
import type { Features } from '../features.ts';
import { openPrograms, programOf, programPosition, type OpenProgram } from '../programs.ts';
import { lastLine } from '../../core/outline/keep.ts';
import { trusted, type Runner } from './runner.ts';
import type { RunRecord } from './runs.ts';
import { suggestArguments } from './suggest.ts';

export interface RunFunction extends vscode.Disposable {
  /** `quiet`: where there is nothing to repeat, define the function and say what to do instead of asking. */
  run(program: OpenProgram, what: OutlineFunction, how?: { readonly quiet?: boolean }): Promise<RunRecord | null>;
}

export function registerRunFunction(features: Features, runner: Runner): RunFunction {
  const { workspaceState } = features.context;

  async function ask(program: OpenProgram, what: OutlineFunction): Promise<string | undefined> {
    const key = `arguments ${program.uri.toString()} ${what.name}`;
    const values = features.analyses.latestOf(program.uri)?.values ?? [];
    const suggested = workspaceState.get<string>(key) ?? suggestArguments(what, values);
    const answer = await vscode.window.showInputBox({
      title: `Run ${what.name}`,
      prompt: `Arguments of ${what.name}(${what.parameters.join(', ')}), as Python writes them`,
      value: suggested,
      ignoreFocusOut: true,
    });
    if (answer !== undefined) await workspaceState.update(key, answer);
    return answer;
  }

  async function run(
    program: OpenProgram,
    what: OutlineFunction,
    { quiet = false }: { readonly quiet?: boolean } = {},
  ): Promise<RunRecord | null> {
    if (!trusted()) return null;
    const start = what.range.start.line;
    if (what.call) {
      const { text, range } = what.call;
      return record(
        await runner.part(program, { kind: 'expression', text, at: range.start }, 'function', oneLine(text)),
      );
    }
    if (quiet || what.parameters.length === 0) {
      if (!quiet) return call(program, what, '');
      const target = { kind: 'lines', first: start, end: lastLine(what.range) + 1 } as const;
      const answer = await runner.part(program, target, 'part', what.name);
      const message = `Tensorlift: ${what.name} is defined. The file never calls it: Run Function asks for arguments.`;
      vscode.window.setStatusBarMessage(message, 8000);
      return record(answer);
    }
    const given = await ask(program, what);
    return given === undefined ? null : call(program, what, given);
  }

  async function call(program: OpenProgram, what: OutlineFunction, given: string): Promise<RunRecord | null> {
    const text = `${what.name}(${given})`;
    const target = { kind: 'expression', text, at: what.nameRange.start } as const;
    return record(await runner.part(program, target, 'function', oneLine(text)));
  }

  const command = features.command('tensorlift.runFunction', async (target?: LensTarget) => {
    const program = target ? programAt(String(target.uri)) : active()?.program;
    if (!program) throw new Error('Put the cursor into a function of a Python file first.');
    const { functions } = await runner.outlineOf(program);
    const line = active()?.line ?? -1;
    const found = target
      ? functions.find(each => each.name === target.name && each.kind === 'function')
      : functions.findLast(each => each.range.start.line <= line && line <= lastLine(each.range));
    if (!found)
      throw new Error(target ? `There is no function ${target.name}.` : 'There is no function at the cursor.');
    if (found.kind !== 'function')
      throw new Error(
        `${found.name} is a ${found.kind === 'method' ? 'method' : 'function inside another'}: run a statement that calls it.`,
      );
    return run(program, found);
  });
  return { run, dispose: () => void command.dispose() };
}

const record = (answer: RunRecord | { readonly kind: 'function' | 'nothing' } | null): RunRecord | null =>
  answer && 'program' in answer ? answer : null;

const oneLine = (text: string): string => {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > 48 ? `${flat.slice(0, 47)}…` : flat;
};

function active(): { readonly program: OpenProgram; readonly line: number } | null {
  const editor = vscode.window.activeTextEditor;
  const program = editor && programOf(editor.document);
  const position = program && programPosition(program, editor.document, editor.selection.active);
  return program && position ? { program, line: position.line } : null;
}

function programAt(uri: string | vscode.Uri): OpenProgram | undefined {
  const wanted = (typeof uri === 'string' ? vscode.Uri.parse(uri) : uri).toString();
  return openPrograms().find(program => program.uri.toString() === wanted);
}
