// The whole picture as a file: SVG by writing down what the canvas would be told, PNG by a larger canvas.
import { paint, paintColumns } from './draw.ts';
import type { Scene } from './scene.ts';
import { createSvgInk } from './svgInk.ts';

/** The picture without selection and at its own size. */
function whole(scene: Scene): Scene {
  const { width, height } = scene.layout;
  return {
    ...scene,
    scale: 1,
    x: margin,
    y: 0,
    width: width + 2 * margin,
    height: height + margin,
    hovered: null,
    focused: false,
    before: null,
    progress: 1,
  };
}
const margin = 16;
/** A PNG may have so many pixels on a side. */
const largestSide = 8000;

export function exportSvg(scene: Scene): string {
  const picture = whole(scene);
  const context = document.createElement('canvas').getContext('2d');
  if (!context) throw new Error('this page has no canvas');
  const ink = createSvgInk(
    text => context.measureText(text),
    font => (context.font = font),
  );
  ink.translate(margin, 0);
  paint(ink, picture);
  ink.translate(-margin, 0);
  paintColumns(ink, picture);
  return ink.document(picture.width, picture.height, scene.colors.ground);
}

export async function exportPng(scene: Scene): Promise<Uint8Array> {
  const picture = whole(scene);
  const ratio = Math.min(2, largestSide / picture.width, largestSide / picture.height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(picture.width * ratio);
  canvas.height = Math.ceil(picture.height * ratio);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this page has no canvas');
  context.fillStyle = scene.colors.ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(ratio, 0, 0, ratio, margin * ratio, 0);
  paint(context, picture);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintColumns(context, picture);
  const blob = await new Promise<Blob | null>(done => canvas.toBlob(done, 'image/png'));
  if (!blob) throw new Error('the picture could not be made');
  return new Uint8Array(await blob.arrayBuffer());
}
