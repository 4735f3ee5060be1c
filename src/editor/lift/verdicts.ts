// What verifications said of fixes, kept while the window is open: a verdict belongs to the text that it was made for; a fix that
// was seen to differ keeps that name whatever else is edited.
import { createHash } from 'node:crypto';
import type { TextEdit } from '../../shared/positions.ts';
import { disagrees, type Remembered } from './titles.ts';

const most = 500;
const digest = (text: string): string => createHash('sha1').update(text).digest('base64');

/** What tells a fix from others, wherever it stands: the program, the rule, and the texts that it replaces and brings. */
export interface FixKey {
  readonly program: string;
  readonly rule: string;
  readonly replaced: string;
  readonly edits: readonly TextEdit[];
}
const place = ({ program, rule, replaced, edits }: FixKey): string =>
  JSON.stringify([program, rule, replaced, edits.map(edit => edit.newText)]);

export class Verdicts {
  readonly #exact = new Map<string, Remembered>();
  readonly #failed = new Map<string, Remembered>();

  remember(text: string, fix: FixKey, verdict: Remembered): void {
    this.#put(this.#exact, `${digest(text)}${place(fix)}`, verdict);
    if (disagrees(verdict.status)) this.#put(this.#failed, place(fix), verdict);
  }

  of(text: string, fix: FixKey): Remembered | null {
    return this.#exact.get(`${digest(text)}${place(fix)}`) ?? this.#failed.get(place(fix)) ?? null;
  }

  #put(map: Map<string, Remembered>, key: string, verdict: Remembered): void {
    map.delete(key);
    map.set(key, verdict);
    const [oldest] = map.keys();
    if (map.size > most && oldest !== undefined) map.delete(oldest);
  }
}
