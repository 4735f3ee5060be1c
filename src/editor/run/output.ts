// Where print and input go: a terminal that shows what programs write and never takes the focus, and an input box for input().
// A terminal rather than an output channel: those need a module of the platform, which servers in the browser may lack.
import * as vscode from 'vscode';
import type { Features } from '../features.ts';
import { nameOf } from './runner.ts';
import type { RunRecord } from './runs.ts';

/** Text is passed on at most this often, in milliseconds. */
const writeEvery = 100;
/** What one run may write: a loop that prints without end must not fill the memory of the editor. */
const limit = 2_000_000;

export function registerOutput(features: Features): vscode.Disposable {
  const output = new Output(features);
  return vscode.Disposable.from(
    output,
    features.command('tensorlift.showOutput', () => output.show()),
  );
}

const [dim, red, plain] = ['\x1b[2m', '\x1b[31m', '\x1b[0m'];
/** What is kept for a terminal that is opened later. */
const kept = 200_000;

/** The terminal: made when it is first shown, and again after somebody closed it. */
class Screen implements vscode.Disposable {
  readonly #written = new vscode.EventEmitter<string>();
  #terminal: vscode.Terminal | null = null;
  #isOpen = false;
  #text = '';

  show(): void {
    this.#terminal ??= vscode.window.createTerminal({
      name: 'Tensorlift Output',
      iconPath: new vscode.ThemeIcon('output'),
      isTransient: true,
      pty: {
        onDidWrite: this.#written.event,
        open: () => {
          this.#isOpen = true;
          this.#written.fire(this.#text || 'Nothing was printed yet.\r\n');
        },
        close: () => {
          this.#isOpen = false;
          this.#terminal = null;
        },
      },
    });
    this.#terminal.show(true);
  }

  write(text: string): void {
    const lines = text.replace(/\r?\n/g, '\r\n');
    this.#text = (this.#text + lines).slice(-kept);
    if (this.#isOpen) this.#written.fire(lines);
  }

  dispose(): void {
    this.#terminal?.dispose();
    this.#written.dispose();
  }
}

class Output implements vscode.Disposable {
  readonly #features: Features;
  readonly #screen = new Screen();
  readonly #subscriptions: vscode.Disposable;
  #run: { readonly startedAt: number; written: number; atLineStart: boolean } | null = null;
  #pending = '';
  #timer: NodeJS.Timeout | null = null;

  constructor(features: Features) {
    const { runs } = features;
    this.#features = features;
    this.#subscriptions = vscode.Disposable.from(
      this.#screen,
      runs.onDidPrint(({ record, stream, text }) => this.#print(record, stream, text)),
      runs.onDidChange(record => {
        if (record.state !== 'running') this.#end(record);
      }),
    );
    runs.input = record => this.#ask(record);
  }

  show(): void {
    this.#flush();
    this.#screen.show();
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#subscriptions.dispose();
  }

  #print(record: RunRecord, stream: 'stdout' | 'stderr', text: string): void {
    if (this.#run?.startedAt !== record.startedAt) {
      this.#run = { startedAt: record.startedAt, written: 0, atLineStart: true };
      const time = new Date(record.startedAt).toLocaleTimeString();
      this.#write(`${dim}── ${nameOf(record.program)} · ${time} ──${plain}\n`);
      // Who runs a file wants to see what it prints; a line that is tried out says it beside the code.
      if (record.kind === 'file') this.#screen.show();
    }
    const run = this.#run;
    if (run.written > limit) return;
    run.written += text.length;
    run.atLineStart = text.endsWith('\n');
    this.#write(stream === 'stderr' ? `${red}${text}${plain}` : text);
    if (run.written > limit)
      this.#write(`\n… more than ${limit.toLocaleString('en')} characters: the rest is left out.\n`);
  }

  #end(record: RunRecord): void {
    const run = this.#run;
    if (run?.startedAt === record.startedAt && !run.atLineStart) {
      run.atLineStart = true;
      this.#write('\n');
    }
    this.#flush();
    const { shown, panel } = this.#features;
    // A program that calls show() is one whose figure somebody wants to see; a panel that is open stays where it is.
    if (record.figures.length > 0 && !panel.isOpen) {
      shown.choose(record.program.uri);
      panel.open('plots');
      void shown.showLast('plots');
    }
    const printed = record.stdout.split('\n').length - (record.stdout.endsWith('\n') ? 1 : 0);
    if (record.kind === 'file' || !record.stdout) return;
    const lines = `${printed.toLocaleString('en')} ${printed === 1 ? 'line' : 'lines'}`;
    vscode.window.setStatusBarMessage(`$(output) ${lines} printed`, 5000);
  }

  #write(text: string): void {
    this.#pending += text;
    this.#timer ??= setTimeout(() => this.#flush(), writeEvery);
  }

  #flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#pending) this.#screen.write(this.#pending);
    this.#pending = '';
  }

  /** `input()`: the prompt is what was printed on the last line. Escape is the end of the input. */
  async #ask(record: RunRecord): Promise<string | null> {
    const prompt = record.stdout.slice(record.stdout.lastIndexOf('\n') + 1).trim();
    const answer = await vscode.window.showInputBox({
      title: `Input for ${nameOf(record.program)}`,
      prompt: prompt || 'The program waits for a line of input. Escape ends the input.',
      ignoreFocusOut: true,
    });
    if (answer === undefined) return null;
    this.#write(`${answer}\n`);
    if (this.#run) this.#run.atLineStart = true;
    return answer;
  }
}
