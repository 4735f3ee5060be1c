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
  /** Name → the statements that define it, in order. */
  readonly #definers = new Map<string, number[]>();
  /** The same, only those that bind it whatever it was before. */
  readonly #binders = new Map<string, number[]>();
  readonly #signatures = new Map<number, string>();

  /** `texts` are the statements' own texts, in the order of the outline. */
  constructor(outline: readonly OutlineStatement[], texts: readonly string[]) {
    const seen = new Map<string, number>();
    this.rows = outline.map((statement, at) => {
      const text = texts[at] ?? '';
      const count = seen.get(text) ?? 0;
      seen.set(text, count + 1);
      const { defines, needs } = statement;
      const kind = kindOf(text);
      for (const name of statement.defines) {
        listIn(this.#definers, name).push(at);
        if (kind === 'definition' || (kind === 'plain' && !needs.includes(name))) listIn(this.#binders, name).push(at);
      }
      return { key: `${count}:${text}`, text, line: statement.range.start.line, kind, defines, needs };
    });
  }

  /**
   * The statements right before `at` that give a name its value there, in their order: what binds it or changes it in place (which
   * then needs what was before), and the blocks behind that may do so.
   */
  providers(name: string, at: number): readonly number[] {
    const key = `${at} ${name}`;
    const known = this.#providers.get(key);
    if (known) return known;
    const found: number[] = [];
    const definers = this.#definers.get(name) ?? [];
    for (let place = below(definers, at) - 1; place >= 0; place--) {
      const index = definers[place] ?? 0;
      const row = this.rows[index];
      found.push(index);
      if (row?.kind !== 'block' || row.needs.includes(name)) break;
    }
    found.reverse();
    this.#providers.set(key, found);
    return found;
  }

  /** Whether a name is that of a module at a place: what changes its state (random numbers) does not replace it. */
  isModule(name: string, at: number): boolean {
    return /^(?:import|from)\b/.test(this.rows[this.#binder(name, at)]?.text ?? '');
  }

  /** The last statement before `at` that binds the name anew, whatever it was; -1 where there is none. */
  #binder(name: string, at: number): number {
    const binders = this.#binders.get(name) ?? [];
    return binders[below(binders, at) - 1] ?? -1;
  }

  /**
   * What a statement that reads `names` and changes `changed` stands on. A module's state concerns only who changes it, too:
   * `np.ones(3)` needs the import, `np.random.rand(3)` needs the seed.
   */
  chain(name: string, at: number, changed: readonly string[]): readonly number[] {
    return this.isModule(name, at) && !changed.includes(name) ? [this.#binder(name, at)] : this.providers(name, at);
  }

  /** All names that a statement reads, those that its functions read when they are called included. */
  names(needs: readonly string[], at: number): readonly string[] {
    const found = new Set(needs);
    for (const name of found) {
      const row = this.rows[this.#binder(name, at)];
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
    const stands =
      row.kind === 'definition' ? [] : this.names(row.needs, at).flatMap(name => this.chain(name, at, row.defines));
    const parts = [...new Set(stands)].sort((a, b) => a - b).map(index => this.signature(index));
    const signature = hash([row.text, ...parts].join('\0'));
    this.#signatures.set(at, signature);
    return signature;
  }
}

function listIn(map: Map<string, number[]>, name: string): number[] {
  const known = map.get(name) ?? [];
  map.set(name, known);
  return known;
}

/** How many of the sorted numbers are smaller. */
function below(sorted: readonly number[], than: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < than) low = middle + 1;
    else high = middle;
  }
  return low;
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

  /** Of each statement: whether it ran, with all it stands on as it is now. */
  #fresh(statements: Statements): readonly boolean[] {
    const fresh: boolean[] = [];
    statements.rows.forEach((row, at) => {
      const entry = this.#entries.get(row.key);
      const signature = statements.signature(at);
      if (entry?.signature !== signature) return fresh.push(false);
      if (row.kind === 'definition') return fresh.push(entry.line === row.line);
      const stands = (name: string): boolean =>
        statements.chain(name, at, row.defines).every(index => {
          const other = statements.rows[index];
          const before = other && this.#entries.get(other.key);
          if (!before) return false;
          if (other.kind === 'definition' || statements.isModule(name, at)) return true;
          return before.order < entry.order && fresh[index] === true;
        });
      return fresh.push(statements.names(row.needs, at).every(stands));
    });
    return fresh;
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
    const fresh = this.#fresh(statements);
    const chosen = new Set(targets);
    const require = (needs: readonly string[], at: number, own?: Row): void => {
      for (const name of statements.names(needs, at)) {
        const chain = statements.chain(name, at, own?.defines ?? []);
        const last = statements.rows[chain.at(-1) ?? -1];
        if (!last) continue;
        const isModule = statements.isModule(name, at);
        // `x += 1` that is run once more goes on from where it was; what another statement left in x does not count.
        const writer = this.#writers.get(name);
        const written = writer === last.key || (own !== undefined && writer === own.key);
        let again = !isModule && last.kind !== 'definition' && !written;
        for (const index of chain) {
          // What stands on a statement that runs again runs again; random numbers go on.
          again = fresh[index] !== true || chosen.has(index) || (again && !isModule);
          if (again) chosen.add(index);
        }
      }
    };
    // A statement needs what stands above it only; what is chosen late may let others run again: until nothing is added.
    for (let before = -1; before !== chosen.size;) {
      before = chosen.size;
      if (expression) {
        const { names, at } = expression;
        require(names, at);
        const below = statements.names(names, at).filter(name => statements.providers(name, at).length === 0);
        require(below, statements.rows.length);
      }
      for (let at = statements.rows.length - 1; at >= 0; at--) {
        const row = chosen.has(at) ? statements.rows[at] : undefined;
        if (row) require(row.needs, at, row);
      }
    }
    return [...chosen].sort((a, b) => a - b);
  }
}
