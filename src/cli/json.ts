// The one JSON document of `--json`.

/** Infinite and NaN numbers, which JSON lacks, become text, as Python's `repr` would spell them. */
export function printJson(value: unknown): void {
  const plain = (_key: string, item: unknown) =>
    typeof item === 'number' && !Number.isFinite(item) ? String(item).replace('Infinity', 'inf').toLowerCase() : item;
  process.stdout.write(`${JSON.stringify(value, plain, 2)}\n`);
}
