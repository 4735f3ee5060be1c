// A workbench in Chromium with the extension of this checkout: opens files, runs commands, takes screenshots.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { startServer, type CodeServer, type ServerOptions } from './codeServer.ts';

export const root = path.resolve(import.meta.dirname, '../..');

export interface WorkbenchOptions extends ServerOptions {
  readonly folder: string;
  /** A file to open, relative to the folder. */
  readonly file?: string;
  readonly width?: number;
  readonly height?: number;
  /** `Default Dark Modern`, `Default Light Modern`, `Default High Contrast`, `Default High Contrast Light`. */
  readonly theme?: string;
  /** True: the extension is the one installed in `extensions`, not the checkout. */
  readonly installed?: boolean;
}

export class Workbench {
  readonly server: CodeServer;
  readonly browser: Browser;
  readonly page: Page;

  private constructor(server: CodeServer, browser: Browser, page: Page) {
    this.server = server;
    this.browser = browser;
    this.page = page;
  }

  static async open(options: WorkbenchOptions): Promise<Workbench> {
    const theme = options.theme ?? 'Default Dark Modern';
    const server = await startServer({
      ...options,
      settings: { 'workbench.colorTheme': theme, ...options.settings },
    });
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: options.width ?? 1400, height: options.height ?? 900 } });
    const workbench = new Workbench(server, browser, page);
    const payload: [string, string][] = options.installed ? [] : [['extensionDevelopmentPath', server.uri(root)]];
    if (options.file) payload.push(['openFile', server.uri(path.join(options.folder, options.file))]);
    await page.goto(server.address(options.folder, payload));
    await page.waitForSelector('.monaco-workbench .part.editor', { timeout: 60_000 });
    if (options.file) await page.waitForSelector('.monaco-editor .view-line', { timeout: 60_000 });
    return workbench;
  }

  /** Runs a command by its title in the palette. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.page.waitForSelector('.quick-input-widget input');
    await this.page.keyboard.insertText(title);
    await this.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Puts the cursor on a line (1-based) and column of the active editor. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.page.keyboard.press('Control+g');
    await this.page.waitForSelector('.quick-input-widget input');
    await this.page.keyboard.insertText(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
  }

  /** The page inside the extension's webview. */
  async panel(): Promise<Frame> {
    for (const end = Date.now() + 30_000; Date.now() < end; await this.page.waitForTimeout(100))
      for (const frame of this.page.frames())
        if (frame.url().includes('fake.html') && (await frame.title().catch(() => '')) === 'Tensorlift') return frame;
    throw new Error('the panel did not open');
  }

  async screenshot(name: string): Promise<string> {
    const file = path.join(root, 'out/test', `${name}.png`);
    mkdirSync(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
    return file;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }
}
