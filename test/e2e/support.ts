// What the journeys share: a workbench as users have it (notifications, questions, an installed extension) on a copy of the fixture
// folder, and a picture of how each journey ended.
import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { copyOf, root, Workbench, type WorkbenchOptions } from '../support/workbench.ts';

export interface Journey extends Omit<WorkbenchOptions, 'folder'> {
  /** What the picture is called: out/test/e2e-NAME.png. */
  readonly picture: string;
}

/** A test in a workbench of its own. */
export function journey(
  title: string,
  { picture, ...options }: Journey,
  walk: (workbench: Workbench, folder: string) => Promise<void>,
): void {
  test(title, { timeout: 240_000 }, async () => {
    const folder = copyOf(path.join(root, 'test/host/workspace'));
    // Terminals draw their text as elements, so that it can be read.
    const settings = { 'terminal.integrated.gpuAcceleration': 'off', ...options.settings };
    const workbench = await Workbench.open({ driver: false, ...options, settings, folder });
    try {
      await walk(workbench, folder);
      await workbench.screenshot(`e2e-${picture}`);
    } catch (error) {
      const file = await workbench.screenshot(`e2e-${picture}-failure`);
      console.log(`see ${path.relative(root, file)}; messages: ${JSON.stringify(await workbench.toasts())}`);
      throw error;
    } finally {
      await workbench.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** The text of a saved file. */
export const read = (folder: string, name: string): string => readFileSync(path.join(folder, name), 'utf8');

/** The text beside a line, and that it matches. */
export async function resultAt(workbench: Workbench, line: number, pattern: RegExp): Promise<string> {
  const rows = await workbench.until(
    () => workbench.inlineResults(),
    all => all.some(row => row.line === line && pattern.test(row.text)),
  );
  const text = rows.find(row => row.line === line)?.text;
  assert.ok(text);
  return text;
}
