// The host side of the webview: opens it, keeps what it shows (so that a hidden page can be thrown away), passes messages.
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { FromPanel, PanelState, PanelTab, ToPanel } from '../shared/panel.ts';
import { panelPage } from './page.ts';

/** Type of the webview panel, as package.json names it. */
const panelType = 'tensorlift.panel';

export class Panel implements vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #messages = new vscode.EventEmitter<Exclude<FromPanel, { type: 'ready' }>>();
  /** What the page asks for. */
  readonly onMessage = this.#messages.event;
  readonly #posts = new vscode.EventEmitter<ToPanel>();
  /** What the page is told, for whoever wants to listen. */
  readonly onDidPost = this.#posts.event;
  readonly #visible = new vscode.EventEmitter<boolean>();
  /** The panel came into sight, or went. */
  readonly onDidChangeVisible = this.#visible.event;
  #view: vscode.WebviewPanel | null = null;
  #state: PanelState = { kind: 'empty' };
  #tab: PanelTab | undefined;
  #ready = false;
  /** What the page has to hear once it is loaded. */
  #waiting: ToPanel[] = [];

  constructor(extension: vscode.Uri) {
    this.#extension = extension;
  }

  get isOpen(): boolean {
    return this.#view !== null;
  }

  get isVisible(): boolean {
    return this.#view?.visible ?? false;
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
          panelType,
          titleOf(this.#state),
          { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
          { enableScripts: true, enableFindWidget: true, localResourceRoots: [this.#root] },
        ),
      );
    if (!tab) return;
    this.#tab = tab;
    if (this.#ready) this.post({ type: 'tab', tab });
  }

  /** Takes over a panel: a new one, or one that VS Code restored. */
  adopt(view: vscode.WebviewPanel): void {
    this.#view?.dispose();
    this.#view = view;
    this.#ready = false;
    const { webview } = view;
    view.title = titleOf(this.#state);
    view.iconPath = {
      dark: vscode.Uri.joinPath(this.#extension, 'media', 'panel-dark.svg'),
      light: vscode.Uri.joinPath(this.#extension, 'media', 'panel-light.svg'),
    };
    webview.options = { enableScripts: true, localResourceRoots: [this.#root] };
    const address = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(this.#root, name)).toString();
    webview.onDidReceiveMessage((message: FromPanel) => {
      if (message.type !== 'ready') return this.receive(message);
      this.#ready = true;
      this.post({ type: 'show', state: this.#state, ...(this.#tab ? { tab: this.#tab } : {}) });
      // A page that was hidden and comes back keeps its own tab.
      this.#tab = undefined;
      for (const waiting of this.#waiting.splice(0)) this.post(waiting);
    });
    view.onDidChangeViewState(() => {
      if (!view.visible) this.#ready = false;
      this.#visible.fire(view.visible);
    });
    view.onDidDispose(() => {
      if (this.#view !== view) return;
      this.#view = null;
      this.#ready = false;
      this.#waiting = [];
      this.#visible.fire(false);
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
    if (!this.#ready) return;
    this.post({ type: 'show', state, ...(tab ? { tab } : {}) });
    this.#tab = undefined;
  }

  /** Tells the page something; a page that is still loading hears it when it is there. */
  post(message: ToPanel): void {
    if (!this.#view) return;
    if (!this.#ready) {
      if (message.type !== 'show')
        this.#waiting = [...this.#waiting.filter(({ type }) => type !== message.type), message];
      return;
    }
    this.#posts.fire(message);
    void this.#view.webview.postMessage(message);
  }

  /** What the page asks for; tests ask in its place. */
  receive(message: Exclude<FromPanel, { type: 'ready' }>): void {
    this.#messages.fire(message);
  }

  close(): void {
    this.#view?.dispose();
  }

  get #root(): vscode.Uri {
    return vscode.Uri.joinPath(this.#extension, 'dist', 'webview');
  }

  dispose(): void {
    this.#view?.dispose();
    this.#messages.dispose();
    this.#posts.dispose();
    this.#visible.dispose();
  }
}

function titleOf(state: PanelState): string {
  const name =
    state.kind === 'ready' ? state.run.report.title : state.kind === 'error' ? state.run?.report.title : state.title;
  return name ? `Tensorlift: ${name}` : 'Tensorlift';
}
