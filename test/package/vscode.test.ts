// `npm run vscode`: prints an address that answers, and Ctrl+C leaves nothing behind.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { before, test } from 'node:test';
import { installServer } from '../support/codeServer.ts';

const root = path.resolve(import.meta.dirname, '../..');

before(installServer);

test(
  'opens in the browser and ends with Ctrl+C',
  { timeout: 120_000, skip: process.platform === 'win32' },
  async () => {
    const temporary = mkdtempSync(path.join(tmpdir(), 'tensorlift-test-'));
    // A group of its own, so that the signal reaches all of it as from a terminal.
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/vscode.ts', '--browser'], {
      cwd: root,
      env: { ...process.env, TMPDIR: temporary },
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const group = child.pid;
    assert.ok(group);
    try {
      let text = '';
      const address = await new Promise<string>((resolve, reject) => {
        child.stdout.on('data', (chunk: Buffer) => {
          text += chunk.toString();
          const found = /http:\/\/127\.0\.0\.1:\S+/.exec(text);
          if (found && text.includes('Ctrl+C')) resolve(found[0]);
        });
        child.once('exit', code => reject(new Error(`ended with ${code}: ${text}`)));
      });
      const answer = await fetch(address);
      assert.equal(answer.status, 200);
      assert.match(await answer.text(), /vscode-workbench-web-configuration/);
      const members = processesOf(group);
      if (existsSync('/proc/self')) assert.ok(members.length >= 2, 'the server is one of them');
      const ended = new Promise(resolve => child.once('exit', resolve));
      process.kill(-group, 'SIGINT');
      assert.equal(await ended, 0);
      assert.deepEqual(processesOf(group), []);
      await assert.rejects(fetch(address));
      assert.deepEqual(
        readdirSync(temporary).filter(name => name.startsWith('tensorlift-')),
        [],
      );
    } finally {
      try {
        process.kill(-group, 'SIGKILL');
      } catch {
        // It has ended.
      }
      rmSync(temporary, { recursive: true, force: true });
    }
  },
);

/** The processes of a group, by /proc where there is one. */
function processesOf(group: number): readonly string[] {
  if (!existsSync('/proc/self')) return [];
  return readdirSync('/proc').filter(pid => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      return fields[2] === String(group) && fields[0] !== 'Z';
    } catch {
      return false;
    }
  });
}
