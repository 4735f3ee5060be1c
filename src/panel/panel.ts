// The host side of the webview: opens it, keeps what it shows (so that a hidden page can be thrown away), passes messages.
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { FromPanel, PanelState, PanelTab, ToPanel } from '../shared/panel.ts';
import { panelPage } from './page.ts';

export class Panel implements vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #messages = new vscode.EventEmitter<Exclude<FromPanel, { type: 'ready' }>>();
  /** What the page asks for. */
  readonly onMessage = this.#messages.event;
  #view: vscode.WebviewPanel | null = null;
  #state: PanelState = { kind: 'empty' };
  #tab: PanelTab | undefined;
  #ready = false;

  constructor(extension: vscode.Uri) {
    this.#extension = extension;
  }

  get isOpen(): boolean {
    return this.#view !== null;
  }

  get state(): PanelState {
    return this.#state;
  }

  /** Opens the panel beside the editor, or brings it to the front; the editor keeps the focus. */
  open(tab?: PanelTab): void {
    if (this.#view) this.#view.reveal(undefined, true);
    else
      this.adopt(
        vscode.window.createWebviewPanel(
          'tensorlift.panel',
          'Tensorlift',
          { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
          { enableScripts: true, localResourceRoots: [this.#root] },
        ),
      );
    if (tab) {
      this.#tab = tab;
      this.post({ type: 'tab', tab });
    }
  }

  /** Takes over a panel: a new one, or one that VS Code restored. */
  adopt(view: vscode.WebviewPanel): void {
    this.#view?.dispose();
    this.#view = view;
    this.#ready = false;
    const { webview } = view;
    webview.options = { enableScripts: true, localResourceRoots: [this.#root] };
    const address = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(this.#root, name)).toString();
    webview.onDidReceiveMessage((message: FromPanel) => {
      if (message.type !== 'ready') return this.#messages.fire(message);
      this.#ready = true;
      this.post({ type: 'show', state: this.#state, ...(this.#tab ? { tab: this.#tab } : {}) });
    });
    view.onDidDispose(() => {
      if (this.#view === view) this.#view = null;
    });
    webview.html = panelPage({
      script: address('panel.js'),
      style: address('panel.css'),
      source: webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
    });
  }

  /** Shows a state, now or when the page is opened. */
  show(state: PanelState, tab?: PanelTab): void {
    this.#state = state;
    if (tab) this.#tab = tab;
    if (this.#view) this.#view.title = titleOf(state);
    this.post({ type: 'show', state, ...(tab ? { tab } : {}) });
  }

  post(message: ToPanel): void {
    if (this.#view && this.#ready) void this.#view.webview.postMessage(message);
  }

  get #root(): vscode.Uri {
    return vscode.Uri.joinPath(this.#extension, 'dist', 'webview');
  }

  dispose(): void {
    this.#view?.dispose();
    this.#messages.dispose();
  }
}

function titleOf(state: PanelState): string {
  const name =
    state.kind === 'ready'
      ? state.run.report.title
      : state.kind === 'error'
        ? state.run?.report.title
        : state.kind === 'empty'
          ? undefined
          : state.title;
  return name ? `Tensorlift: ${name}` : 'Tensorlift';
}
