// Quick fixes and rewrites, each with its level, from the analysis of the text as it is now.
import * as vscode from 'vscode';
import type { Conversion, Finding } from '../shared/findings.ts';
import type { Position, TextEdit } from '../shared/positions.ts';
import type { Analysed } from './analyses.ts';
import type { CommandId } from './contributions/commands.ts';
import { actionKinds, diagnosticSource, pythonSelector } from './contributions/ids.ts';
import { shownOf } from './diagnostics.ts';
import type { Features } from './features.ts';
import { FixChecks, type AppliedFix } from './lift/checks.ts';
import { offersAt, type Offer } from './lift/offers.ts';
import { shortened } from './lift/titles.ts';
import type { FixKey } from './lift/verdicts.ts';
import { isCurrent, notebookOf, placeOf, programPosition, workspaceEdit, type OpenProgram } from './programs.ts';

const kind = (value: string): vscode.CodeActionKind => vscode.CodeActionKind.Empty.append(value);
const kinds = {
  quickfix: vscode.CodeActionKind.QuickFix,
  rewrite: kind(actionKinds.rewrite),
  fixAll: kind(actionKinds.fixAll),
  notebookFixAll: kind(actionKinds.notebookFixAll),
};
/** Longer programs are not converted only to say how many calls are safe. */
const countedLength = 100_000;

class Actions implements vscode.CodeActionProvider {
  readonly #features: Features;
  readonly #checks: FixChecks;
  /** The conversion at level Safe of the program that was asked for last. */
  #safe: { readonly program: OpenProgram; readonly made: Promise<Conversion> } | null = null;
  /** Actions whose edits are made when they are chosen. */
  readonly #open = new WeakMap<vscode.CodeAction, OpenProgram>();

  constructor(features: Features, checks: FixChecks) {
    this.#features = features;
    this.#checks = checks;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const analysed = await this.#features.analyses.current(document);
    if (!analysed || token.isCancellationRequested || !analysed.outline.relevant) return [];
    const { only } = context;
    const inNotebook = notebookOf(document) !== null;
    // Source actions only where they were asked for, and in notebooks only those that are made for notebooks.
    const all = inNotebook ? kinds.notebookFixAll : kinds.fixAll;
    if (only?.contains(all)) return this.#fixAll(analysed, all);
    const wanted = (of: vscode.CodeActionKind): boolean => !only || only.contains(of);
    if (!wanted(kinds.quickfix) && !wanted(kinds.rewrite)) return [];
    const asked = wholeLine(document, range, context);
    const [start, end] = [asked.start, asked.end].map(at => programPosition(analysed.program, document, at));
    if (!start || !end) return [];
    const offers = this.#offers(analysed, start, end).filter(offer => wanted(kinds[offer.kind]));
    const actions = offers
      .filter(offer => !repeats(offer, offers))
      .map(offer => this.#action(offer, analysed.program, context));
    const safe = wanted(kinds.rewrite) ? await this.#allSafe(analysed) : [];
    const rest = actions.findIndex(
      action => action.command?.command === ('tensorlift.explainRule' satisfies CommandId),
    );
    return rest < 0 ? [...actions, ...safe] : [...actions.slice(0, rest), ...safe, ...actions.slice(rest)];
  }

  async resolveCodeAction(action: vscode.CodeAction): Promise<vscode.CodeAction> {
    const program = this.#open.get(action);
    if (!program || !isCurrent(program)) return action;
    const { edits } = await this.#safely(program);
    action.edit = workspaceEdit(program, edits);
    action.command = this.#afterwards(program, edits, 'safe', action.title);
    return action;
  }

  #offers(analysed: Analysed, start: Position, end: Position): readonly Offer[] {
    const { program, changes, outline } = analysed;
    return offersAt({
      shown: shownOf(analysed),
      changes,
      functions: outline.functions,
      range: { start, end },
      verdict: (finding, edits) =>
        this.#checks.verdicts.of(program.text, fixKey(program, finding.rule, edits, finding.range)),
    });
  }

  #action(offer: Offer, program: OpenProgram, { diagnostics }: vscode.CodeActionContext): vscode.CodeAction {
    const { title, act, finding } = offer;
    const action = new vscode.CodeAction(title, kinds[offer.kind]);
    if (offer.preferred) action.isPreferred = true;
    if (offer.disabled !== undefined) action.disabled = { reason: offer.disabled };
    if (finding && offer.kind === 'quickfix') action.diagnostics = diagnostics.filter(each => answers(each, finding));
    const run = (command: CommandId, ...args: unknown[]): void => {
      action.command = { command, title, arguments: args };
    };
    switch (act.type) {
      case 'edit':
        action.edit = workspaceEdit(program, act.edits);
        action.command = this.#afterwards(program, act.edits, act.rule, title, act.range);
        break;
      case 'lift':
        if (act.only === null) run('tensorlift.liftFile', { uri: program.uri });
        else run('tensorlift.liftFunction', { uri: program.uri, name: act.only });
        break;
      case 'explain':
        run('tensorlift.explainRule', act.rule);
        break;
      case 'disable':
        run('tensorlift.disableRule', {
          uri: program.uri.toString(),
          rule: act.rule,
          line: act.line,
          where: act.where,
        });
        break;
      case 'none':
        break;
    }
    return action;
  }

  /** The command that runs behind an edit: it verifies what the edit made. */
  #afterwards(
    program: OpenProgram,
    edits: readonly TextEdit[],
    rule: string,
    title: string,
    range?: Finding['range'],
  ): vscode.Command {
    const applied: AppliedFix = {
      program,
      edits,
      fix: fixKey(program, rule, edits, range),
      title: title.replace(/ · .*$/s, ''),
    };
    return { command: 'tensorlift.applyFix' satisfies CommandId, title, arguments: [applied] };
  }

  /** "Lift all safe calls in this file · Safe · 7". */
  async #allSafe({ program, changes }: Analysed): Promise<readonly vscode.CodeAction[]> {
    if (!changes.some(({ level }) => level === 'safe')) return [];
    const what = `Lift all safe calls in this ${program.notebook ? 'notebook' : 'file'} · Safe`;
    if (program.text.length > countedLength) return [this.#later(what, kinds.rewrite, program)];
    const safe = await this.#safely(program);
    if (safe.edits.length === 0) return [];
    return [this.#later(`${what} · ${safe.changes.length}`, kinds.rewrite, program)];
  }

  async #fixAll({ program }: Analysed, of: vscode.CodeActionKind): Promise<vscode.CodeAction[]> {
    const { edits } = await this.#safely(program);
    return edits.length === 0 ? [] : [this.#later('Lift all safe calls', of, program)];
  }

  #later(title: string, of: vscode.CodeActionKind, program: OpenProgram): vscode.CodeAction {
    const action = new vscode.CodeAction(title, of);
    this.#open.set(action, program);
    return action;
  }

  #safely(program: OpenProgram): Promise<Conversion> {
    if (this.#safe?.program !== program) {
      const made = this.#features.service.call('rewrite', [program.source, program.path, { level: 'safe' }]);
      this.#safe = { program, made };
      made.catch(() => (this.#safe = null));
    }
    return this.#safe.made;
  }
}

/** A rewrite of a statement that is the very fix of its only call. */
const repeats = ({ kind: own, act }: Offer, offers: readonly Offer[]): boolean =>
  own === 'rewrite' &&
  act.type === 'edit' &&
  offers.some(other => other.kind === 'quickfix' && other.act.type === 'edit' && sameEdits(other.act.edits, act.edits));
const sameEdits = (a: readonly TextEdit[], b: readonly TextEdit[]): boolean =>
  a.length === b.length && a.every(edit => b.some(other => JSON.stringify(edit) === JSON.stringify(other)));

/** The key of a fix among the verdicts. */
function fixKey(program: OpenProgram, rule: string, edits: readonly TextEdit[], range?: Finding['range']): FixKey {
  const place = range && placeOf(program, range);
  return {
    program: program.uri.toString(),
    rule,
    replaced: place ? place.document.getText(place.range) : '',
    edits,
  };
}

/** Who asks for actions with the cursor anywhere in a line means the line. */
function wholeLine(
  document: vscode.TextDocument,
  range: vscode.Range,
  context: vscode.CodeActionContext,
): vscode.Range {
  const byHand = context.triggerKind === vscode.CodeActionTriggerKind.Invoke;
  const any = context.diagnostics.some(each => each.source === diagnosticSource);
  return byHand && range.isEmpty && !any ? document.lineAt(range.start.line).range : range;
}

const codeOf = ({ code }: vscode.Diagnostic): unknown => (typeof code === 'object' ? code.value : code);
const answers = (diagnostic: vscode.Diagnostic, { rule }: Finding): boolean =>
  diagnostic.source === diagnosticSource && codeOf(diagnostic) === rule;

export function registerCodeActions(features: Features): vscode.Disposable {
  const checks = new FixChecks(features);
  return vscode.Disposable.from(
    checks,
    vscode.languages.registerCodeActionsProvider(pythonSelector, new Actions(features, checks), {
      providedCodeActionKinds: Object.values(kinds),
      documentation: [
        {
          kind: kinds.rewrite,
          command: {
            command: 'markdown.showPreview',
            title: 'What the Levels Mean',
            arguments: [vscode.Uri.joinPath(features.context.extensionUri, 'docs', 'rules', 'README.md')],
          },
        },
      ],
    }),
    features.command('tensorlift.applyFix', (fix: AppliedFix | LinkedFix) => applyFix(features, checks, fix)),
  );
}

/** A fix as a link in a hover carries it. */
export interface LinkedFix {
  readonly uri: string;
  readonly version: number;
  readonly rule: string;
  readonly title: string;
  /** Of the program. */
  readonly edits: readonly TextEdit[];
}

/** Verifies a fix that was applied; one that comes from a link is applied first. */
async function applyFix(features: Features, checks: FixChecks, fix: AppliedFix | LinkedFix): Promise<void> {
  // In the background: the editor must not wait for two programs to run.
  if ('program' in fix) return void checks.check(fix);
  const analysed = features.analyses.latestOf(vscode.Uri.parse(fix.uri));
  const part = analysed?.program.parts[0];
  if (!analysed || !isCurrent(analysed.program) || part?.version !== fix.version) {
    void vscode.window.showInformationMessage('The text has changed since this fix was offered; nothing was changed.');
    return;
  }
  const { program } = analysed;
  if (!(await vscode.workspace.applyEdit(workspaceEdit(program, fix.edits)))) return;
  const edits = JSON.stringify(fix.edits);
  const finding = analysed.findings.find(
    each => each.rule === fix.rule && each.fixes.some(own => JSON.stringify(own.edits) === edits),
  );
  const key = fixKey(program, fix.rule, fix.edits, finding?.range);
  void checks.check({ program, edits: fix.edits, fix: key, title: shortened(fix.title) });
}
