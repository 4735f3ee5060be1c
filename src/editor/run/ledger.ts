// What ran in a program's namespace, and which statements have to run before others: a statement is up to date when its own text
// and everything that it needs are as they were when it ran, and nothing that ran later took their place. Pure.
import type { OutlineStatement } from '../../shared/outline.ts';

/** A top-level statement as the ledger knows it. */
interface Row {
  /** Its text, and which of several equal texts it is. */
  readonly key: string;
  readonly text: string;
  readonly line: number;
  readonly kind: 'plain' | 'block' | 'definition';
  readonly defines: readonly string[];
  readonly needs: readonly string[];
}

/** A function, class or import binds a name and changes nothing else; a block may leave a name as it was. */
const kindOf = (text: string): Row['kind'] =>
  /^(?:def|class|async\s+def|@|import|from)/.test(text) && !/^(?:def|class|async|import|from)\w/.test(text)
    ? 'definition'
    : /^(?:if|for|while|try|with|match|async)\b[^\n]*:/.test(text)
      ? 'block'
      : 'plain';

/** The statements of one version of a program, with what each of them stands on. */
export class Statements {
  readonly rows: readonly Row[];
  readonly #providers = new Map<string, readonly number[]>();
  readonly #signatures = new Map<number, string>();

  /** `texts` are the statements' own texts, in the order of the outline. */
  constructor(outline: readonly OutlineStatement[], texts: readonly string[]) {
    const seen = new Map<string, number>();
    this.rows = outline.map((statement, at) => {
      const text = texts[at] ?? '';
      const count = seen.get(text) ?? 0;
      seen.set(text, count + 1);
      const { defines, needs } = statement;
      return { key: `${count}:${text}`, text, line: statement.range.start.line, kind: kindOf(text), defines, needs };
    });
  }

  /** The statements before `at` that give a name its value there, in their order: what binds it, then what changes it in place. */
  providers(name: string, at: number): readonly number[] {
    const key = `${at} ${name}`;
    const known = this.#providers.get(key);
    if (known) return known;
    const found: number[] = [];
    for (let index = at - 1; index >= 0; index--) {
      const row = this.rows[index];
      if (!row?.defines.includes(name)) continue;
      found.unshift(index);
      if (row.kind !== 'block' && !row.needs.includes(name)) break;
      if (row.kind === 'definition') break;
    }
    this.#providers.set(key, found);
    return found;
  }

  /** Whether a name is that of a module at a place: what changes its state (random numbers) does not replace it. */
  isModule(name: string, at: number): boolean {
    return /^(?:import|from)\b/.test(this.rows[this.providers(name, at)[0] ?? -1]?.text ?? '');
  }

  /**
   * What a statement that reads `names` and changes `changed` stands on. A module's state concerns only who changes it, too:
   * `np.ones(3)` needs the import, `np.random.rand(3)` needs the seed.
   */
  chain(name: string, at: number, changed: readonly string[]): readonly number[] {
    const all = this.providers(name, at);
    return this.isModule(name, at) && !changed.includes(name) ? all.slice(0, 1) : all;
  }

  /** All names that a statement reads, those that its functions read when they are called included. */
  names(needs: readonly string[], at: number): readonly string[] {
    const found = new Set(needs);
    for (const name of found)
      for (const index of this.providers(name, at)) {
        const row = this.rows[index];
        if (row?.kind === 'definition') for (const each of row.needs) found.add(each);
      }
    return [...found];
  }

  /** Equal for two versions of a statement that cannot differ in what they do: same text, same text of all they stand on. */
  signature(at: number): string {
    const known = this.#signatures.get(at);
    if (known !== undefined) return known;
    const row = this.rows[at];
    if (!row) return '';
    const below =
      row.kind === 'definition' ? [] : this.names(row.needs, at).flatMap(name => this.chain(name, at, row.defines));
    const parts = [...new Set(below)].sort((a, b) => a - b).map(index => this.signature(index));
    const signature = hash([row.text, ...parts].join('\0'));
    this.#signatures.set(at, signature);
    return signature;
  }
}

/** 64 bits of FNV-1a in two halves: collisions do not happen by accident. */
function hash(text: string): string {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b) ^ (a >>> 15);
  }
  return `${(a >>> 0).toString(36)}.${(b >>> 0).toString(36)}`;
}

interface Entry {
  readonly order: number;
  readonly signature: string;
  readonly line: number;
}

export class Ledger {
  readonly #entries = new Map<string, Entry>();
  /** Name → key of the statement that last bound or changed it; null where that was none of the file's statements as it stands. */
  readonly #writers = new Map<string, string | null>();
  #order = 0;

  get isEmpty(): boolean {
    return this.#entries.size === 0 && this.#writers.size === 0;
  }

  /** A fresh namespace. */
  clear(): void {
    this.#entries.clear();
    this.#writers.clear();
  }

  /** A statement ran to its end. */
  ran(statements: Statements, at: number): void {
    const row = statements.rows[at];
    if (!row) return;
    this.#entries.set(row.key, { order: ++this.#order, signature: statements.signature(at), line: row.line });
    for (const name of row.defines) this.#writers.set(name, row.key);
  }

  /** A statement began and did not end: what it defines is in doubt. */
  broke(statements: Statements, at: number): void {
    const row = statements.rows[at];
    if (row) this.#entries.delete(row.key);
    this.doubt(row?.defines ?? []);
  }

  /** Something else may have changed these names. */
  doubt(names: readonly string[]): void {
    for (const name of names) this.#writers.set(name, null);
  }

  /** Whether the statement ran, with all it stands on as it is now. */
  isFresh(statements: Statements, at: number): boolean {
    const row = statements.rows[at];
    const entry = row && this.#entries.get(row.key);
    if (!entry || entry.signature !== statements.signature(at)) return false;
    if (row.kind === 'definition') return entry.line === row.line;
    return statements.names(row.needs, at).every(name =>
      statements.chain(name, at, row.defines).every(index => {
        const other = statements.rows[index];
        const before = other && this.#entries.get(other.key);
        if (!before) return false;
        if (other.kind === 'definition' || statements.isModule(name, at)) return true;
        return before.order < entry.order && this.isFresh(statements, index);
      }),
    );
  }

  /**
   * The statements to run so that `targets` find what they need, in order, targets included; with the names that an expression
   * needs before the statement `at`. What is bound nowhere above is taken from below: a function may read it when it is called.
   */
  plan(
    statements: Statements,
    targets: readonly number[],
    expression: { readonly names: readonly string[]; readonly at: number } | null = null,
  ): readonly number[] {
    const chosen = new Set<number>();
    const require = (needs: readonly string[], at: number, changed: readonly string[] = []): void => {
      for (const name of statements.names(needs, at)) {
        const chain = statements.chain(name, at, changed);
        const last = statements.rows[chain.at(-1) ?? -1];
        if (!last) continue;
        const isModule = statements.isModule(name, at);
        let again = !isModule && last.kind !== 'definition' && this.#writers.get(name) !== last.key;
        for (const index of chain) {
          const stale = !this.isFresh(statements, index) || chosen.has(index);
          // What stands on a statement that runs again runs again; random numbers go on.
          again = stale || (again && !isModule);
          if (again) choose(index);
        }
      }
    };
    const choose = (index: number): void => {
      if (chosen.has(index)) return;
      chosen.add(index);
      const row = statements.rows[index];
      if (row) require(row.needs, index, row.defines);
    };
    for (const target of targets) choose(target);
    if (expression) {
      const { names, at } = expression;
      require(names, at);
      const below = statements.names(names, at).filter(name => statements.providers(name, at).length === 0);
      require(below, statements.rows.length);
    }
    return [...chosen].sort((a, b) => a - b);
  }
}
