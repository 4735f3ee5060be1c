// The worker that lays large graphs out: holds one graph, answers how it looks with these groups closed.
import { layout, type LayoutOptions } from './layout.ts';
import { graphModel, type GraphModel } from './model.ts';
import { buffersOf, packLayout, unpackGraph, type PackedGraph, type PackedLayout } from './packed.ts';

export type ToLayoutWorker =
  | { readonly type: 'graph'; readonly graph: PackedGraph }
  | { readonly type: 'layout'; readonly options: LayoutOptions };
export type FromLayoutWorker = PackedLayout;

let model: GraphModel | null = null;

addEventListener('message', ({ data }: MessageEvent<ToLayoutWorker>) => {
  if (data.type === 'graph') model = graphModel(unpackGraph(data.graph));
  else if (model) {
    const packed = packLayout(layout(model, data.options), model);
    postMessage(packed, { transfer: buffersOf(packed) });
  }
});
