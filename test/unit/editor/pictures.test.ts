// The pictures of arrays: what is drawn, read back from the SVG.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { heatmap, pictureColors, ramp, sparkline } from '../../../src/editor/pictures.ts';
import type { ValueSummary } from '../../../src/shared/tensors.ts';

const themes = [1, 2, 3, 4] as const;
const dark = pictureColors(2);
const summary = (part: Partial<ValueSummary>): ValueSummary => ({
  min: null,
  max: null,
  mean: null,
  nonFinite: 0,
  spark: null,
  heat: null,
  ...part,
});
const svg = (uri: string | null | undefined): string => {
  assert.match(uri ?? '', /^data:image\/svg\+xml;base64,/);
  return Buffer.from((uri ?? '').split(',')[1] ?? '', 'base64').toString();
};
const series = (...values: (number | null)[]) => summary({ spark: { kind: 'series', values } });
/** How light a colour is, 0 to 255. */
const lightness = (color: string): number =>
  [0.299, 0.587, 0.114].reduce(
    (sum, weight, at) => sum + weight * parseInt(color.slice(1 + 2 * at, 3 + 2 * at), 16),
    0,
  );

describe('sparkline', () => {
  it('draws nothing where there is nothing to see', () => {
    assert.equal(sparkline(summary({}), dark), null);
    assert.equal(sparkline(series(null, null), dark), null);
  });
  it('draws a rising curve from the lower left to the upper right', () => {
    const [, x0, y0, x1, y1] =
      /fill="none"[^>]*d="M([\d.]+) ([\d.]+)L.*L([\d.]+) ([\d.]+)"/.exec(svg(sparkline(series(1, 2, 3), dark))) ?? [];
    assert.ok(Number(x0) < Number(x1));
    assert.ok(Number(y0) > Number(y1));
  });
  it('draws a constant in the middle and a single value as a dot', () => {
    assert.match(svg(sparkline(series(5, 5), dark)), /M1\.5 7L46\.5 7/);
    assert.match(svg(sparkline(series(5), dark)), /d="M24 7h0"/);
  });
  it('breaks the curve where a value is not finite, and marks the place', () => {
    const text = svg(sparkline(series(1, 2, null, 3, 4), dark));
    assert.equal(text.match(/fill="none"[^>]*d="([^"]*)"/)?.[1]?.split('M').length, 3);
    assert.ok(text.includes(dark.alarm));
    assert.ok(!svg(sparkline(series(1, 2), dark)).includes(dark.alarm));
  });
  it('draws one bar for each bin that is not empty', () => {
    const text = svg(sparkline(summary({ spark: { kind: 'histogram', values: [1, 0, 4] } }), dark));
    assert.equal(text.match(/fill="#[0-9a-f]+" d="([^"]*)"/)?.[1]?.split('M').length, 3);
  });
  it('shows that something is outside the distribution', () => {
    const spark = { kind: 'histogram', values: [1, 2] } as const;
    assert.ok(svg(sparkline(summary({ spark, nonFinite: 3 }), dark)).includes(dark.alarm));
  });
});

describe('heat map', () => {
  it('is left out for vectors', () => assert.equal(heatmap(series(1, 2), dark), null));
  it('has the size of its cells and fits where it is shown', () => {
    const picture = heatmap(summary({ heat: { rows: 24, columns: 12, values: Array<number>(288).fill(1) } }), dark);
    assert.deepEqual([picture?.width, picture?.height], [12 * 5 + 2, 24 * 5 + 2]);
  });
  it('gives the smallest value the ground and the largest the ink', () => {
    const text = svg(heatmap(summary({ heat: { rows: 1, columns: 2, values: [-1, 3] } }), dark)?.uri);
    assert.ok(text.includes(`<path fill="${dark.ground}"`) && text.includes(`<path fill="${dark.ink}"`));
  });
  it('crosses out what is not finite', () => {
    const text = svg(heatmap(summary({ heat: { rows: 1, columns: 3, values: [1, null, 2] } }), dark)?.uri);
    assert.equal(text.split(`stroke="${dark.alarm}"`).length, 2);
  });
  it('stays small', () => {
    const values = Array.from({ length: 576 }, (_, at) => Math.sin(at));
    const picture = heatmap(summary({ heat: { rows: 24, columns: 24, values } }), dark);
    assert.ok((picture?.uri.length ?? Infinity) < 20_000);
  });
});

describe('colours', () => {
  it('go from ground to ink without turning back in every theme', () => {
    for (const theme of themes) {
      const colors = pictureColors(theme);
      const steps = Array.from({ length: 32 }, (_, at) => lightness(ramp(at / 31, colors)));
      const rising = (steps.at(-1) ?? 0) > (steps[0] ?? 0);
      for (const [at, step] of steps.entries())
        if (at > 0) assert.ok(rising ? step >= (steps[at - 1] ?? 0) : step <= (steps[at - 1] ?? 0), `theme ${theme}`);
    }
  });
  it('frame pictures in high contrast', () => {
    for (const theme of [3, 4] as const) {
      const colors = pictureColors(theme);
      const text = svg(heatmap(summary({ heat: { rows: 1, columns: 1, values: [1] } }), colors)?.uri);
      assert.ok(text.includes(`stroke="${colors.border}" stroke-opacity="1"`));
    }
  });
});
