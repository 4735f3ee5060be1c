// Lifted code before it is accepted: virtual documents of the scheme `tensorlift-lifted`, and what is known of each.
import * as vscode from 'vscode';
import type { Converted } from '../../service/convert.ts';
import type { Verification } from '../../shared/findings.ts';
import type { CellLines } from '../cells.ts';
import { liftedScheme } from '../contributions/ids.ts';
import type { OpenProgram } from '../programs.ts';
import type { Note } from './edits.ts';

/** A cell: what it is called, and where it is in the program as it is now; null where it is gone. */
export interface CellRequest {
  readonly name: string;
  readonly linesIn: (program: OpenProgram) => CellLines | null;
}

/** What was asked for. */
export interface LiftRequest {
  /** Only this function; null for the whole file, or for the cell. */
  readonly only: string | null;
  readonly cell?: CellRequest;
  /** Verify on this interpreter instead of the setting's. */
  readonly python?: string;
}

/** A program that was lifted, as text and as edits. */
export interface Lift {
  readonly program: OpenProgram;
  readonly request: LiftRequest;
  readonly converted: Converted;
  /** The lifted program: of a notebook, its code cells one after another. */
  readonly text: string;
  readonly verdict: Verification;
  /** "agrees on 3 inputs in the bundled runtime". */
  readonly words: string;
  readonly notes: readonly Note[];
}

export interface Proposal extends Lift {
  readonly left: vscode.Uri;
  readonly right: vscode.Uri;
  readonly report: vscode.Uri;
  /** Where the cursor stood. */
  readonly selection: vscode.Selection | null;
}

export class Proposals implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #open = new Map<string, Proposal>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registered = vscode.workspace.registerTextDocumentContentProvider(liftedScheme, this);
  // Not when the document closes: that of a tab in the background does, and comes back.
  readonly #closed = vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
    for (const { input } of closed) if (input instanceof vscode.TabInputTextDiff) this.#forget(input.modified);
  });
  #next = 1;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  add(lift: Lift, report: string, selection: vscode.Selection | null): Proposal {
    const id = this.#next++;
    const path = lift.program.uri.path.replace(/(\.py|\.ipynb)?$/, '.py');
    const uri = (side: string, ending = ''): vscode.Uri =>
      vscode.Uri.from({ scheme: liftedScheme, path: path + ending, query: `${side}=${id}` });
    const [right, before, page] = [uri('lifted'), uri('original'), uri('report', '.md')];
    const left = lift.program.notebook ? before : lift.program.uri;
    this.#texts.set(right.toString(), lift.text).set(before.toString(), lift.program.text).set(page.toString(), report);
    const proposal = { ...lift, left, right, report: page, selection };
    this.#open.set(right.toString(), proposal);
    return proposal;
  }

  /** The proposal of a lifted document, or of the one that is in front. */
  of(uri?: vscode.Uri): Proposal | null {
    if (uri) return this.#open.get(uri.toString()) ?? null;
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return tab instanceof vscode.TabInputTextDiff ? (this.#open.get(tab.modified.toString()) ?? null) : null;
  }

  /** Closes the diff and forgets the texts. */
  async close(proposal: Proposal): Promise<void> {
    const uris = [proposal.right.toString(), proposal.report.toString()];
    const tabs = vscode.window.tabGroups.all
      .flatMap(group => group.tabs)
      .filter(
        ({ input }) =>
          (input instanceof vscode.TabInputTextDiff && uris.includes(input.modified.toString())) ||
          (input instanceof vscode.TabInputText && uris.includes(input.uri.toString())),
      );
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
    this.#forget(proposal.right);
  }

  #forget(uri: vscode.Uri): void {
    const proposal = this.#open.get(uri.toString());
    if (!proposal) return;
    this.#open.delete(uri.toString());
    for (const each of [proposal.left, proposal.right, proposal.report]) this.#texts.delete(each.toString());
  }

  dispose(): void {
    this.#registered.dispose();
    this.#closed.dispose();
    this.#changed.dispose();
  }
}
