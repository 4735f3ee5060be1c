// docs/reference.md is what the tables say now.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { referencePage } from '../../../scripts/generate-reference.ts';
import { commands } from '../../../src/editor/contributions/commands.ts';
import { settings } from '../../../src/editor/contributions/settings.ts';

test('docs/reference.md is current: otherwise run `npm run docs`', () => {
  assert.equal(readFileSync(new URL('../../../docs/reference.md', import.meta.url), 'utf8'), referencePage());
});

test('every command and setting has its row', () => {
  const page = referencePage();
  for (const id of [...Object.keys(commands), ...Object.keys(settings)]) assert.ok(page.includes(`\`${id}\``), id);
});
