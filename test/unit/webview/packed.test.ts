// What goes to the layout's worker and comes back is the layout that the page would have made itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layout } from '../../../webview/graph/layout.ts';
import { graphModel } from '../../../webview/graph/model.ts';
import { packGraph, packLayout, unpackGraph, unpackLayout } from '../../../webview/graph/packed.ts';
import { largeGraph, polynomial, trainStepGraph } from '../../support/panelData/index.ts';
import { reportData } from '../../support/reportData.ts';

const empty = { nodes: [], edges: [] };
const graphs = {
  'a training step': trainStepGraph(),
  'a polynomial': polynomial().report.run?.graph ?? empty,
  'a dense layer': reportData.run?.graph ?? empty,
  'two thousand nodes': largeGraph(2000),
  nothing: empty,
};

for (const [name, graph] of Object.entries(graphs))
  for (const compact of [false, true])
    for (const shut of ['no', 'every', 'every second'] as const)
      test(`${name}${compact ? ', compact' : ''}, ${shut} group closed: the same layout through the worker's messages`, () => {
        const model = graphModel(graph);
        const closed = new Set(
          model.groups.filter((_, at) => shut === 'every' || (shut !== 'no' && at % 2)).map(({ key }) => key),
        );
        const options = { closed, compact };
        // The messages are copied, as they are between a page and its worker.
        const there = graphModel(unpackGraph(structuredClone(packGraph(graph))));
        const back = structuredClone(packLayout(layout(there, options), there));
        assert.deepEqual(unpackLayout(back, model), layout(model, options));
      });
