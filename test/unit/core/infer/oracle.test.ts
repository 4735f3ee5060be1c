// Every inferred value of the golden programs against what real NumPy had at that place: a wrong one is a failure.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { analyze } from '../../../../src/core/infer/index.ts';
import type { AbstractValue } from '../../../../src/core/infer/index.ts';
import { loadParser } from '../../../support/parser.ts';

type Observed = readonly [kind: string, ...rest: unknown[]];
const record = JSON.parse(
  readFileSync(new URL('../../../oracle/recorded/infer.json', import.meta.url), 'utf8'),
) as Record<string, Record<string, readonly Observed[]>>;

/** The least share of recorded values whose kind, dtype and rank have to be known. */
const leastKnown = 0.9;

const parser = await loadParser();
let recorded = 0;
let known = 0;
const open: string[] = [];

for (const [file, places] of Object.entries(record)) {
  test(`what is inferred in ${file} is what NumPy has`, () => {
    const text = readFileSync(new URL(`../../../golden/infer/${file}`, import.meta.url), 'utf8');
    const { assignments, program } = analyze(parser.parse(text));
    const inferred = new Map(
      assignments.map(({ node, value }) => {
        const { line, character } = program.source.positionAt(node.start);
        return [`${line}:${character}`, value];
      }),
    );
    for (const [place, observed] of Object.entries(places)) {
      const value = inferred.get(place);
      assert.ok(value, `no value at ${place}`);
      for (const one of observed) assert.equal(contradiction(value, one), null, `${file}:${place}`);
      recorded++;
      if (isKnown(value)) known++;
      else open.push(`${file}:${place} ${JSON.stringify(observed[0])}`);
    }
  });
}

test('most values are known', t => {
  const share = known / recorded;
  t.diagnostic(`${known} of ${recorded} values known (${(100 * share).toFixed(1)} %)`);
  if (process.env['SHOW_OPEN']) for (const place of open) t.diagnostic(place);
  assert.ok(share >= leastKnown, `${(100 * share).toFixed(1)} % known`);
});

function isKnown(value: AbstractValue): boolean {
  if (value.kind === 'array') return value.dtype !== null && value.shape !== null;
  if (value.kind === 'scalar') return value.dtype !== null;
  return value.kind !== 'unknown' && value.kind !== 'union';
}

/** Why an inferred value does not cover an observed one; null where it does. */
function contradiction(value: AbstractValue, observed: Observed): string | null {
  const [kind, dtype, shape] = observed;
  const says = (why: string): string =>
    `inferred ${value.kind} ${JSON.stringify(value)}, ${why} ${JSON.stringify(observed)}`;
  switch (value.kind) {
    case 'unknown':
      return null;
    case 'array': {
      const scalarToo = value.shape === null && kind === 'scalar';
      if (kind !== 'array' && !scalarToo) return says('observed');
      if (value.dtype !== null && value.dtype !== dtype) return says('dtype');
      if (!value.shape || kind === 'scalar') return null;
      const sizes = shape as readonly number[];
      if (value.shape.length !== sizes.length) return says('rank');
      return value.shape.every((dim, i) => typeof dim !== 'number' || dim === sizes[i]) ? null : says('size');
    }
    case 'scalar':
      return kind === 'scalar' && (value.dtype === null || value.dtype === dtype) ? null : says('observed');
    case 'int':
    case 'float':
    case 'bool':
    case 'str':
    case 'dict':
      return kind === value.kind ? null : says('observed');
    case 'tuple':
    case 'list': {
      if (kind !== value.kind) return says('observed');
      return typeof value.length !== 'number' || value.length === dtype ? null : says('length');
    }
    case 'none':
      return kind === 'none' ? null : says('observed');
    default:
      return kind === 'other' ? null : says('observed');
  }
}
