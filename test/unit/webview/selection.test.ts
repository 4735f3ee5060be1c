// What a selection means to the boxes around it, and where the arrow keys go.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layout } from '../../../webview/graph/layout.ts';
import { graphModel } from '../../../webview/graph/model.ts';
import { isLit, type Scene } from '../../../webview/graph/scene.ts';
import { keptKey, marksOf, nearest } from '../../../webview/graph/selection.ts';
import { reportData } from '../../support/reportData.ts';

const model = graphModel(reportData.run?.graph ?? { nodes: [], edges: [] });
const open = layout(model, { closed: new Set() });
const group = model.groups[0]?.key ?? '';
const closed = layout(model, { closed: new Set([group]) });
const key = (label: string): string => open.nodes.find(({ node }) => node.label === label)?.key ?? '';
const sides = (selected: string) =>
  Object.fromEntries([...(marksOf(model, open, selected) ?? [])].map(([at, { side }]) => [at, side]));

test('boxes lie upstream or downstream of a selected op', () => {
  const around = sides(key('AddV2'));
  assert.equal(around[key('MatMul')], 'up');
  assert.equal(around[key('Relu')], 'down');
  assert.equal(around[key('AddV2')], undefined);
});

test('the ops of a selected open group lie inside of it, and its edges out of it are lit', () => {
  const selected = `forward:${group}`;
  const around = sides(selected);
  for (const label of ['MatMul', 'AddV2', 'Relu']) assert.equal(around[key(label)], 'in', label);
  assert.equal(around[key('x')], 'up');
  assert.equal(around[key('Mean')], 'down');
  const scene = { marks: marksOf(model, open, selected), selected } as Pick<Scene, 'marks' | 'selected'> as Scene;
  assert.ok(isLit(scene, key('x'), key('MatMul')) && isLit(scene, key('Relu'), key('Mean')));
  assert.ok(!isLit(scene, key('MatMul'), key('AddV2')), 'what is inside is neither up nor down');
});

test('a node that a closed group hides is stood for by the group', () => {
  assert.equal(keptKey(key('AddV2'), closed), `forward:${group}`);
  assert.equal(keptKey(key('x'), closed), key('x'));
  assert.equal(keptKey(null, closed), null);
});

test('arrow keys go to the nearest box that way; without a selection to the first op', () => {
  const go = (from: string | null, dx: number, dy: number) => {
    const box = nearest(open, from === null ? undefined : open.byKey.get(key(from)), dx, dy);
    return box?.kind === 'node' ? box.node.label : (box?.name ?? null);
  };
  assert.equal(go(null, 0, 1), 'x');
  assert.equal(go('MatMul', 0, 1), 'AddV2');
  assert.equal(go('MatMul', -1, 0), 'w');
  assert.equal(go('MatMul', 1, 0), '∂MatMul');
  assert.equal(go('x', 0, -1), null);
});
