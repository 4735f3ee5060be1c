// The panel's built page in Chromium as the editor has it: its real content security policy, recorded theme variables, and an
// `acquireVsCodeApi` that keeps what the page posts. A violation of the policy or an error on the page fails the test.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { panelPage } from '../../src/panel/page.ts';
import type { FromPanel, PanelState, PanelTab, ToPanel } from '../../src/shared/panel.ts';
import { sliceOf } from './panelData/index.ts';

const root = path.resolve(import.meta.dirname, '../..');

export const themes = ['dark', 'light', 'high-contrast', 'high-contrast-light'] as const;
export type Theme = (typeof themes)[number];

interface RecordedTheme {
  readonly body: string;
  readonly variables: Readonly<Record<string, string>>;
}
export const recordedTheme = (theme: Theme): RecordedTheme =>
  JSON.parse(readFileSync(path.join(root, `test/webview/themes/${theme}.json`), 'utf8')) as RecordedTheme;

export interface PanelOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  /** What `getState` gives. */
  readonly memory?: unknown;
  readonly scale?: number;
}

export class PanelPage {
  readonly page: Page;
  /** Errors and violations of the policy. */
  readonly problems: string[] = [];

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(browser: Browser, address: string, options: PanelOptions = {}): Promise<PanelPage> {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1300, height: options.height ?? 900 },
      reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
      deviceScaleFactor: options.scale ?? 1,
      locale: 'en-US',
    });
    const page = await context.newPage();
    const panel = new PanelPage(page);
    page.on('pageerror', error => panel.problems.push(error.message));
    page.on('console', message => message.type() === 'error' && panel.problems.push(message.text()));
    // tsx marks the names of functions with a helper that the page does not have.
    await page.addInitScript('globalThis.__name = made => made');
    await page.addInitScript(
      ({ theme, memory }) => {
        const world = window as unknown as Record<string, unknown>;
        const posted: unknown[] = [];
        world.posted = posted;
        world.kept = memory;
        world.acquireVsCodeApi = () => ({
          postMessage: (message: unknown) => posted.push(message),
          getState: () => world.kept,
          setState: (state: unknown) => (world.kept = state),
        });
        addEventListener('securitypolicyviolation', event =>
          console.error(
            `policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample} ${event.sourceFile}:${event.lineNumber}`,
          ),
        );
        // VS Code sets its variables on the document and its classes on the body before the page's own script runs.
        new MutationObserver((_, observer) => {
          if (!document.body) return;
          for (const [name, value] of Object.entries(theme.variables))
            document.documentElement.style.setProperty(name, value);
          document.body.className = theme.body;
          observer.disconnect();
        }).observe(document, { childList: true, subtree: true });
      },
      { theme: recordedTheme(options.theme ?? 'dark'), memory: options.memory },
    );
    await page.goto(address);
    await page
      .waitForFunction(() => (window as unknown as { posted?: unknown[] }).posted?.length, null, { timeout: 10_000 })
      .catch(() => {
        throw new Error(`the page did not start: ${panel.problems.join('\n')}`);
      });
    return panel;
  }

  async send(message: ToPanel): Promise<void> {
    await this.page.evaluate(sent => postMessage(sent, '*'), message);
    // The message and what it draws come with later turns of the page.
    await this.page.evaluate(
      () => new Promise(done => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 0)),
    );
  }

  async show(state: PanelState, tab?: PanelTab): Promise<void> {
    await this.send({ type: 'show', state, ...(tab ? { tab } : {}) });
  }

  /** What the page has posted, and forgets it. */
  async posted(): Promise<readonly FromPanel[]> {
    return this.page.evaluate(() => (window as unknown as { posted: FromPanel[] }).posted.splice(0));
  }

  async kept(): Promise<Record<string, unknown>> {
    return this.page.evaluate(() => (window as unknown as { kept: Record<string, unknown> }).kept);
  }

  /** Answers the slices that the page asked for. */
  async answerSlices(): Promise<number> {
    const requests = (await this.posted()).filter(message => message.type === 'slice');
    for (const { id, request } of requests) {
      const slice = sliceOf(request);
      await this.page.evaluate(
        ({ id: asked, slice: answer, values }) =>
          postMessage(
            { type: 'slice', id: asked, slice: { ...answer, values: Float64Array.from(values.map(Number)) } },
            '*',
          ),
        { id, slice: { ...slice, values: [] }, values: [...slice.values].map(String) },
      );
    }
    await this.page.waitForTimeout(30);
    return requests.length;
  }

  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(root, `out/test/${name}.png`) });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

/** Serves dist/webview and the page around it, as VS Code's resource addresses do. */
export async function servePanel(): Promise<{ readonly address: string; close(): void }> {
  const files: Readonly<Record<string, string>> = { '/panel.js': 'text/javascript', '/panel.css': 'text/css' };
  const server: Server = createServer((request, response) => {
    const name = request.url ?? '/';
    const type = files[name];
    if (type) {
      response.setHeader('content-type', type);
      return response.end(readFileSync(path.join(root, 'dist/webview', name)));
    }
    if (name !== '/') {
      response.statusCode = 404;
      return response.end();
    }
    const source = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    response.setHeader('content-type', 'text/html');
    response.end(panelPage({ script: `${source}/panel.js`, style: `${source}/panel.css`, source, nonce: 'dGVzdA==' }));
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => server.close(),
  };
}
