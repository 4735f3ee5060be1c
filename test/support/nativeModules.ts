// Stand-ins for two native modules of VS Code's server, which is installed without compiling anything: without the first, output
// channels stay empty; without the second, an extension host could outlive its server.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const spdlog = `'use strict';
// Stand-in for @vscode/spdlog in plain JavaScript: appends to the file.
const { appendFileSync, mkdirSync } = require('node:fs');
const path = require('node:path');
const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];
class Logger {
  constructor(kind, name, file) {
    mkdirSync(path.dirname(file), { recursive: true });
    Object.assign(this, { file, level: 2, raw: false });
  }
  write(level, text) {
    if (level < this.level) return;
    const time = new Date().toISOString().replace('T', ' ').slice(0, 23);
    appendFileSync(this.file, this.raw ? text : \`\${time} [\${levels[level]}] \${text}\\n\`);
  }
  trace(text) { this.write(0, text); }
  debug(text) { this.write(1, text); }
  info(text) { this.write(2, text); }
  warn(text) { this.write(3, text); }
  error(text) { this.write(4, text); }
  critical(text) { this.write(5, text); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() { this.raw = false; }
  clearFormatters() { this.raw = true; }
  flush() {}
  drop() {}
}
const create = async (name, file) => new Logger('', name, file);
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
`;

const watchdog = `'use strict';
// Stand-in for @vscode/native-watchdog in plain JavaScript: ends this process after its parent.
exports.start = pid => {
  setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(87);
    }
  }, 1000).unref();
};
exports.exit = code => process.exit(code ?? 0);
`;

/** Writes the stand-ins into an installation of the server, where they are not there yet. */
export function standIn(server: string): void {
  for (const [name, text] of [
    ['spdlog', spdlog],
    ['native-watchdog', watchdog],
  ] as const) {
    const file = path.join(server, 'node_modules/@vscode', name, 'index.js');
    if (existsSync(path.dirname(file)) && readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
  }
}
