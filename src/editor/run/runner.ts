// From a place in an editor to a run: the program's outline, the plan of what to execute, the request to the session.
import * as vscode from 'vscode';
import { maskMagics } from '../../core/syntax/index.ts';
import type { Outline } from '../../shared/outline.ts';
import type { Features } from '../features.ts';
import type { OpenProgram } from '../programs.ts';
import type { Statements } from './ledger.ts';
import { plan, statementsOf, type Plan, type Step, type Target } from './plan.ts';
import type { Planned, RunRecord } from './runs.ts';
import type { RunStep } from './session.ts';

export class Runner {
  readonly #features: Features;

  constructor(features: Features) {
    this.#features = features;
  }

  /** The outline of a program as it is now; programs without NumPy or TensorFlow have one too. */
  async outlineOf(program: OpenProgram): Promise<Outline> {
    const analysed = await this.#features.analyses.currentOf(program);
    if (analysed && analysed.program.text === program.text && analysed.outline.statements.length > 0)
      return analysed.outline;
    return (await this.#features.service.call('inspect', [program.source, program.path])).outline;
  }

  /** Runs the whole program in a fresh namespace. */
  async file(program: OpenProgram): Promise<RunRecord | null> {
    if (!trusted()) return null;
    const outline = await this.outlineOf(program);
    const text = program.notebook ? masked(program) : program.text;
    const subject = { text, outline };
    const statements = statementsOf(subject);
    const all = outline.statements.map((_, index) => index);
    const step: Step = { source: text, statements: all, expression: null };
    return this.#start(program, outline, 'file', nameOf(program), true, () => ({ statements, steps: [step] }));
  }

  /** Runs a part of the program, after what it needs. Gives a plan back where a function or nothing is meant. */
  async part(
    program: OpenProgram,
    target: Target,
    kind: RunRecord['kind'] = 'part',
    label?: string,
  ): Promise<RunRecord | Exclude<Plan, { kind: 'run' }> | null> {
    if (!trusted()) return null;
    const outline = await this.outlineOf(program);
    const text = program.notebook || target.kind === 'lines' ? masked(program) : program.text;
    const subject = { text, outline };
    const ledger = this.#features.runs.ledger(program.uri);
    const first = plan(subject, target, ledger);
    if (first.kind !== 'run') return first;
    return this.#start(program, outline, kind, label ?? nameOf(program), false, () => {
      const made = plan(subject, target, ledger);
      return made.kind === 'run' ? made : null;
    });
  }

  #start(
    program: OpenProgram,
    outline: Outline,
    kind: RunRecord['kind'],
    label: string,
    fresh: boolean,
    make: () => { readonly statements: Statements; readonly steps: readonly Step[] } | null,
  ): Promise<RunRecord | null> {
    const { runs } = this.#features;
    const ledger = runs.ledger(program.uri);
    const indices = new Map<Planned, number>();
    let statements: Statements | null = null;
    return runs.run({
      program,
      kind,
      label,
      fresh,
      steps: () => {
        const made = make();
        statements = made?.statements ?? null;
        return made?.steps.map(step => asRunStep(step, outline, made.statements, indices)) ?? null;
      },
      ended: (planned, whole) => {
        const index = indices.get(planned);
        if (index === undefined) ledger.doubt(planned.defines);
        else if (statements) ledger[whole ? 'ran' : 'broke'](statements, index);
      },
    });
  }
}

function asRunStep(step: Step, outline: Outline, { rows }: Statements, indices: Map<Planned, number>): RunStep {
  const planned = step.statements.flatMap((index): Planned[] => {
    const statement = outline.statements[index];
    if (!statement) return [];
    const { range, defines, needs } = statement;
    const made = { range, defines, needs, text: rows[index]?.text ?? '', expression: false };
    indices.set(made, index);
    return [made];
  });
  const { expression: range } = step;
  if (range) {
    // A call may change what it is given: the statement around it says which names.
    const around = outline.statements.find(each =>
      contains(each.range.start.line, range.start.line, each.range.end.line),
    );
    const { defines = [], needs = [] } = around ?? {};
    planned.push({ range, defines, needs, text: '', expression: true });
  }
  return { source: step.source, planned };
}

const contains = (first: number, line: number, last: number): boolean => first <= line && line <= last;

/** The text with commands of IPython taken out; cells begin where the notebook's, or the file's `# %%`, do. */
function masked(program: OpenProgram): string {
  const starts: number[] = [];
  let offset = 0;
  for (const part of program.parts) {
    starts.push(offset);
    offset += part.document.getText().length + 1;
  }
  return maskMagics(program.text, starts).text;
}

export const nameOf = ({ uri }: OpenProgram): string => uri.path.slice(uri.path.lastIndexOf('/') + 1);

/** Whether the workspace is trusted; says so where it is not, since the user asked for a run. */
export function trusted(): boolean {
  if (vscode.workspace.isTrusted) return true;
  const message = 'Tensorlift runs no code in a workspace that you do not trust.';
  void vscode.window.showWarningMessage(message, 'Manage Trust').then(answer => {
    if (answer) void vscode.commands.executeCommand('workbench.trust.manage');
  });
  return false;
}
