// Shape says what a node is: grid = contraction, wave = elementwise, funnel = reduction, cylinder = variable, ring = result,
// triangle = gradient or input, diamond = constant.
import type { TraceNode } from '../../src/shared/trace.ts';
import type { Ink } from './ink.ts';

export type Glyph =
  'contraction' | 'elementwise' | 'reduction' | 'variable' | 'result' | 'gradient' | 'input' | 'constant' | 'movement';

const contraction = /^(MatMul|BatchMatMul|dot|vdot|inner|outer|matmul|tensordot|Tensordot|einsum|Einsum|Conv|conv)/;
const reduction =
  /^(sum|prod|mean|max|min|reduce|arg|std|var|norm|all|any|median|Sum|Prod|Mean|Max|Min|ArgM|All|Any|EuclideanNorm|LogSumExp)$|^(reduce_|arg)/;
const movement =
  /^(reshape|transpose|squeeze|expand|broadcast|concat|stack|split|slice|gather|pad|tile|flip|roll|getitem|StridedSlice|Reshape|Transpose|ExpandDims|Squeeze|Concat|Pack|Unpack|Pad|Tile|GatherV2|Gather|BroadcastTo)/;

export function glyphOf(node: TraceNode, side: boolean): Glyph {
  if (node.kind === 'gradient') return 'gradient';
  if (node.kind === 'variable' || node.kind === 'update') return 'variable';
  if (node.kind === 'input') return 'input';
  if (node.kind === 'constant') return 'constant';
  if (node.kind === 'result') return 'result';
  if (side) return 'variable';
  const op = node.op.replace(/^∂/, '');
  if (contraction.test(op)) return 'contraction';
  if (reduction.test(op)) return 'reduction';
  return movement.test(op) ? 'movement' : 'elementwise';
}

/** Draws a glyph around a middle. */
export function drawGlyph(ink: Ink, glyph: Glyph, x: number, y: number, color: string): void {
  ink.strokeStyle = color;
  ink.fillStyle = color;
  ink.lineWidth = 1.1;
  ink.beginPath();
  switch (glyph) {
    case 'contraction':
      ink.rect(x - 4, y - 4, 8, 8);
      ink.moveTo(x, y - 4);
      ink.lineTo(x, y + 4);
      ink.moveTo(x - 4, y);
      ink.lineTo(x + 4, y);
      break;
    case 'reduction':
      ink.moveTo(x - 4.5, y - 3.5);
      ink.lineTo(x + 4.5, y - 3.5);
      ink.lineTo(x, y + 4);
      ink.closePath();
      break;
    case 'variable':
      ink.ellipse(x, y - 2.5, 4, 1.8, 0, 0, 2 * Math.PI);
      ink.moveTo(x - 4, y - 2.5);
      ink.lineTo(x - 4, y + 2.5);
      ink.ellipse(x, y + 2.5, 4, 1.8, 0, Math.PI, 0, true);
      ink.lineTo(x + 4, y - 2.5);
      break;
    case 'input':
      ink.moveTo(x - 4, y - 4);
      ink.lineTo(x + 3.5, y);
      ink.lineTo(x - 4, y + 4);
      ink.closePath();
      break;
    case 'constant':
      ink.moveTo(x, y - 4.5);
      ink.lineTo(x + 4.5, y);
      ink.lineTo(x, y + 4.5);
      ink.lineTo(x - 4.5, y);
      ink.closePath();
      break;
    case 'result':
      ink.arc(x, y, 4, 0, 2 * Math.PI);
      ink.moveTo(x + 1.2, y);
      ink.arc(x, y, 1.2, 0, 2 * Math.PI);
      break;
    case 'gradient':
      ink.moveTo(x, y - 4.5);
      ink.lineTo(x + 4.5, y + 3.5);
      ink.lineTo(x - 4.5, y + 3.5);
      ink.closePath();
      break;
    case 'movement':
      ink.moveTo(x - 4, y - 2.5);
      ink.lineTo(x + 4, y - 2.5);
      ink.lineTo(x + 1.5, y - 4.5);
      ink.moveTo(x + 4, y + 2.5);
      ink.lineTo(x - 4, y + 2.5);
      ink.lineTo(x - 1.5, y + 4.5);
      break;
    case 'elementwise':
      ink.moveTo(x - 4.5, y + 1.5);
      ink.bezierCurveTo(x - 2, y - 7, x + 2, y + 7, x + 4.5, y - 1.5);
      break;
    default:
      glyph satisfies never;
  }
  ink.stroke();
}
