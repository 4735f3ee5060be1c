// What a user sees in the workbench's editor, read from the page: lines, marks, values beside the code, lenses, messages.
import type { Page } from 'playwright-core';

export interface Beside {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

/** The lines in sight, without what is only shown between the characters (inlay hints are part of the text on screen). */
export const visibleLines = (page: Page): Promise<readonly Beside[]> => page.evaluate(readLines, 'text' as const);

/** Texts that decorations put before and after the code, by line. */
export const decorations = (page: Page): Promise<readonly Beside[]> => page.evaluate(readLines, 'beside' as const);

/** Runs in the page. */
function readLines(what: 'text' | 'beside'): Beside[] {
  const found: Beside[] = [];
  for (const editor of document.querySelectorAll<HTMLElement>(
    '.editor-group-container .monaco-editor, .notebookOverlay .monaco-editor',
  )) {
    const numbers = new Map<string, number>();
    for (const each of editor.querySelectorAll<HTMLElement>('.margin-view-overlays > div')) {
      const number = Number(each.querySelector('.line-numbers')?.textContent);
      if (number) numbers.set(each.style.top, number);
    }
    for (const row of editor.querySelectorAll<HTMLElement>('.view-lines > .view-line')) {
      // Cells of notebooks have no line numbers: the place says which line it is.
      const line = numbers.get(row.style.top) ?? Math.round(parseFloat(row.style.top) / row.offsetHeight) + 1;
      if (what === 'text') {
        found.push({ line, text: (row.textContent ?? '').replaceAll('\u00a0', ' ') });
        continue;
      }
      const parts: string[] = [];
      for (const span of row.querySelectorAll('span'))
        for (const side of ['::before', '::after']) {
          const { content } = getComputedStyle(span, side);
          if (content.startsWith('"'))
            parts.push(content.slice(1, -1).replaceAll('\\"', '"').replaceAll('\u00a0', ' '));
        }
      if (parts.some(part => part.trim())) found.push({ line, text: parts.join('') });
    }
  }
  return found.sort((one, other) => one.line - other.line);
}

/** How many marks of a severity stand under the code in sight. */
export const marks = (page: Page, severity: 'hint' | 'info' | 'warning' | 'error'): Promise<number> =>
  page.locator(`.monaco-editor .squiggly-${severity}`).count();

/** Texts of the lenses in sight, row by row. */
export const lenses = async (page: Page): Promise<readonly string[]> =>
  (await page.locator('.monaco-editor .codelens-decoration').allInnerTexts()).map(text =>
    text.replaceAll('\u00a0', ' '),
  );

/** Notifications, also those that have gone: the page keeps what it showed. */
export const toasts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => [...((globalThis as unknown as { toastsSeen?: Set<string> }).toastsSeen ?? [])]);

/** Runs in the page before everything else. */
export function keepToasts(): void {
  const seen = new Set<string>();
  Object.assign(globalThis, { toastsSeen: seen });
  new MutationObserver(() => {
    for (const each of document.querySelectorAll('.notifications-toasts .notification-list-item-message'))
      if (each.textContent) seen.add(each.textContent);
  }).observe(document, { childList: true, subtree: true, characterData: true });
}

/** Texts of the status bar. */
export const statusBar = async (page: Page): Promise<readonly string[]> =>
  (await page.locator('.statusbar-item').allInnerTexts()).map(text => text.trim()).filter(Boolean);

/** Where on screen the first occurrence of a text in the editor's lines is. */
export async function placeOf(page: Page, text: string): Promise<{ readonly x: number; readonly y: number }> {
  const place = await page.evaluate(wanted => {
    for (const row of document.querySelectorAll('.monaco-editor .view-lines > .view-line')) {
      const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
      const nodes: { node: Node; from: number }[] = [];
      let whole = '';
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        nodes.push({ node, from: whole.length });
        whole += node.textContent ?? '';
      }
      const index = whole.replaceAll('\u00a0', ' ').indexOf(wanted);
      if (index < 0) continue;
      const middle = index + Math.floor(wanted.length / 2);
      const holder = nodes.findLast(each => each.from <= middle);
      if (!holder) continue;
      const range = document.createRange();
      range.setStart(holder.node, middle - holder.from);
      range.setEnd(holder.node, middle - holder.from + 1);
      const box = range.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }
    return null;
  }, text);
  if (!place) throw new Error(`no line in sight has “${text}”`);
  return place;
}
