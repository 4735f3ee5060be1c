// A workbench in Chromium with the extension of this checkout: opens files, runs commands, reads what is shown, takes screenshots.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { extensionsWithCheckout, startServer, type CodeServer, type ServerOptions } from './codeServer.ts';
import * as screen from './screen.ts';

export const root = path.resolve(import.meta.dirname, '../..');

/** VS Code's own themes by their titles, and the class that each gives to the workbench. */
const themes = {
  'Dark Modern': 'vs-dark',
  'Light Modern': 'vs',
  'Dark High Contrast': 'hc-black',
  'Light High Contrast': 'hc-light',
} as const;
export type Theme = keyof typeof themes;

export interface WorkbenchOptions extends ServerOptions {
  readonly folder: string;
  /** A file to open, relative to the folder. */
  readonly file?: string;
  readonly width?: number;
  readonly height?: number;
  /** The dark one where left out. */
  readonly theme?: Theme;
  /** True: the extension is the one installed in `extensions`, not the checkout. */
  readonly installed?: boolean;
}

export class Workbench {
  readonly server: CodeServer;
  readonly browser: Browser;
  readonly page: Page;
  readonly #made: readonly string[];

  private constructor(server: CodeServer, browser: Browser, page: Page, made: readonly string[]) {
    this.server = server;
    this.browser = browser;
    this.page = page;
    this.#made = made;
  }

  /**
   * Opens a folder. With `driver: false` the workbench is as users have it, with notifications and questions; an extension under
   * development is refused there, so the checkout is installed instead.
   */
  static async open(options: WorkbenchOptions): Promise<Workbench> {
    const extensions = options.driver === false && !options.installed ? extensionsWithCheckout() : null;
    const server = await startServer({
      ...options,
      ...(extensions && { extensions }),
      settings: { 'workbench.colorTheme': 'Default Dark Modern', ...options.settings },
    });
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: options.width ?? 1400, height: options.height ?? 900 } });
    const workbench = new Workbench(server, browser, page, extensions ? [extensions] : []);
    await page.addInitScript(screen.keepToasts);
    const payload: [string, string][] =
      options.installed || extensions ? [] : [['extensionDevelopmentPath', server.uri(root)]];
    if (options.file) payload.push(['openFile', server.uri(path.join(options.folder, options.file))]);
    try {
      await page.goto(server.address(options.folder, payload));
      await page.waitForSelector('.monaco-workbench .part.editor', { timeout: 60_000 });
      // A question about trust covers the editor until it is answered.
      if (options.file)
        await page.waitForSelector('.monaco-editor .view-line, .notebook-editor .cell, .monaco-dialog-box', {
          timeout: 60_000,
        });
    } catch (error) {
      await workbench.close();
      throw error;
    }
    if (options.theme) await workbench.#choose(options.theme);
    return workbench;
  }

  /** Sets a color theme as users do: as a setting of the server it comes too late for all but the dark one. */
  async #choose(theme: Theme): Promise<void> {
    await this.command('Preferences: Color Theme');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.fill(theme);
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: theme }).first();
    await row.waitFor();
    await row.click();
    await input.waitFor({ state: 'hidden' });
    await this.page.locator(`.monaco-workbench.${themes[theme]}`).waitFor();
  }

  /** Runs a command by its title, with or without its category. */
  async command(title: string): Promise<void> {
    const names = [title, `Tensorlift: ${title}`];
    // A command is listed once the workbench knows that its time has come: the file's language, a run.
    const labels = this.page.locator('.quick-input-list .monaco-list-row .label-name');
    const listed = async () => (await labels.allInnerTexts()).findIndex(label => names.includes(label.trim()));
    const index = await this.until(
      async () => {
        await this.palette(title);
        const found = await this.until(listed, at => at >= 0, 3000).catch(() => -1);
        if (found < 0) await this.page.keyboard.press('Escape');
        return found;
      },
      found => found >= 0,
    );
    await this.page.locator('.quick-input-list .monaco-list-row').nth(index).click();
  }

  /** Opens the command palette with a text typed into it; gives the commands that it lists. */
  async palette(text: string): Promise<readonly string[]> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(`>${text}`);
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    return rows.locator('.label-name').allInnerTexts();
  }

  /** Opens a file of the folder by its name. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+p');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(name);
    await this.page
      .locator('.quick-input-list .monaco-list-row', { hasText: path.basename(name) })
      .first()
      .click();
    await this.page.locator('.tab.active', { hasText: path.basename(name) }).waitFor();
  }

  /** Puts the cursor on a line and column of the active editor, both 1-based. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.page.keyboard.press('Control+g');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  /** Where the cursor is, as the status bar says. */
  async cursor(): Promise<{ readonly line: number; readonly column: number } | null> {
    const text = (await screen.statusBar(this.page)).join('\n');
    const [, line, column] = /Ln (\d+), Col (\d+)/.exec(text) ?? [];
    return line && column ? { line: Number(line), column: Number(column) } : null;
  }

  /** The line of the cursor, also while the panel has the keyboard. */
  async activeLine(): Promise<number> {
    const number = this.page.locator('.editor-group-container .line-numbers.active-line-number').first();
    return Number(await number.textContent({ timeout: 1000 }).catch(() => '0'));
  }

  /** Waits until a reading of the screen is what is wanted, and gives it. */
  async until<T>(read: () => Promise<T>, wanted: (value: T) => boolean, ms = 30_000): Promise<T> {
    let value = await read();
    for (const end = Date.now() + ms; !wanted(value); value = await read()) {
      if (Date.now() > end) throw new Error(`after ${ms} ms the screen still shows ${JSON.stringify(value)}`);
      await this.page.waitForTimeout(50);
    }
    return value;
  }

  /** Lines of the editors in sight, as they look: inlay hints stand between the characters. */
  lines = () => screen.visibleLines(this.page);
  /** Values and messages beside the code. */
  inlineResults = () => screen.decorations(this.page);
  marks = (severity: 'hint' | 'info' | 'warning' | 'error') => screen.marks(this.page, severity);
  lenses = () => screen.lenses(this.page);
  toasts = () => screen.toasts(this.page);
  statusBar = () => screen.statusBar(this.page);

  /** Points at a text of the editor until the hover says what is wanted; gives all that it says. */
  async hover(text: string, wanted: RegExp): Promise<string> {
    const content = this.page.locator('.monaco-editor .monaco-hover:not(.hidden) .monaco-hover-content').first();
    const said = async () => ((await content.isVisible()) ? content.innerText() : '');
    return this.until(
      async () => {
        // Lenses and hints that come in move the text: the place is looked for anew, and the mouse comes from elsewhere.
        await this.page.keyboard.press('Escape');
        await this.page.mouse.move(5, 5);
        const { x, y } = await screen.placeOf(this.page, text);
        await this.page.mouse.move(x + 3, y);
        await this.page.mouse.move(x, y);
        return this.until(said, words => wanted.test(words), 4000).catch(said);
      },
      words => wanted.test(words),
    );
  }

  /** Opens the menu of fixes at the cursor and gives its entries, headings left out. */
  async quickFixes(): Promise<readonly string[]> {
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    // The menu closes when the cursor's marks change, as they do while the first analysis comes in.
    await this.until(
      async () => {
        await this.page.keyboard.press('Control+.');
        return rows
          .first()
          .waitFor({ timeout: 5000 })
          .then(
            () => true,
            () => false,
          );
      },
      open => open,
    );
    return (await rows.allInnerTexts()).map(text => text.trim());
  }

  /** Chooses an entry of the open menu of fixes. */
  async quickFix(title: string | RegExp): Promise<void> {
    await this.page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first().click();
  }

  /** Clicks a lens; the first with this title at or below a line where one is given. */
  async lens(title: string, nth = 0): Promise<void> {
    await this.page.locator('.codelens-decoration a', { hasText: title }).nth(nth).click();
  }

  /** Clicks a button over the active editor. */
  async titleAction(name: string): Promise<void> {
    await this.page.locator(`.editor-actions a.action-label[aria-label^="${name}"]`).first().click();
  }

  /** The question in the middle of the window. */
  dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** Answers the question in the middle of the window. */
  async answer(button: string | RegExp): Promise<void> {
    await this.dialog().locator('.monaco-button', { hasText: button }).first().click();
    await this.dialog().waitFor({ state: 'hidden' });
  }

  /** Saves the active editor and waits until nothing is unsaved. */
  async save(): Promise<void> {
    await this.page.keyboard.press('Control+s');
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'hidden' });
  }

  /** The page inside the extension's webview. */
  async panel(): Promise<Frame> {
    for (const end = Date.now() + 30_000; Date.now() < end; await this.page.waitForTimeout(100))
      for (const frame of this.page.frames())
        if (frame.url().includes('fake.html') && (await frame.title().catch(() => '')) === 'Tensorlift') return frame;
    throw new Error('the panel did not open');
  }

  /** Process ids of the kernels that run programs for this workbench. */
  kernels(): readonly number[] {
    const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 2 ** 24 })
      .split('\n')
      .map(row => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row))
      .filter(row => row !== null)
      .map(([, pid, parent, command]) => ({ pid: Number(pid), parent: Number(parent), command: command ?? '' }));
    const mine = new Set([this.server.pid]);
    for (let size = 0; size !== mine.size;) {
      size = mine.size;
      for (const { pid, parent } of rows) if (mine.has(parent)) mine.add(pid);
    }
    return rows
      .filter(({ pid, command }) => mine.has(pid) && /^tensorlift-kernel|kernel[\\/]process\.js/.test(command))
      .map(({ pid }) => pid);
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
    for (const folder of this.#made) rmSync(folder, { recursive: true, force: true });
  }
}

/** A copy of a folder that a test may write to; gives its path. */
export function copyOf(folder: string): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'tensorlift-folder-'));
  cpSync(folder, copy, { recursive: true });
  return copy;
}
