// Where the picture is looked at from. Pure: a camera goes in, another comes out.
import type { Box, Layout } from './layout.ts';

/** Pixels of a unit of the picture, and where its origin is on the stage. */
export interface Camera {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}
export interface Stage {
  readonly width: number;
  readonly height: number;
}
type Extent = Pick<Layout, 'left' | 'width' | 'height'>;

const [smallest, largest] = [0.04, 3];
/** So much of the picture always stays on the stage. */
const keep = 80;

/** As wide as the stage, in a size that can be read; `whole`: everything, however small. */
export function fitted({ left, width, height }: Extent, stage: Stage, compact: boolean, whole: boolean): Camera {
  const margin = compact ? 10 : 24;
  const wide = (stage.width - 2 * margin) / (width - left);
  const high = (stage.height - 20) / height;
  const readable = compact ? Math.min(wide, 1.1) : Math.max(Math.min(wide, high), Math.min(wide, 0.9));
  const scale = Math.min(compact ? 1.1 : 1.25, Math.max(smallest, whole ? Math.min(wide, high) : readable));
  return {
    scale,
    x: (stage.width - width * scale) / 2,
    y: height * scale < stage.height ? Math.min(24, (stage.height - height * scale) / 2) : 0,
  };
}

export function clamped({ scale, x, y }: Camera, { width, height }: Extent, stage: Stage): Camera {
  return {
    scale,
    x: Math.min(stage.width - keep, Math.max(keep - width * scale, x)),
    y: Math.min(stage.height - keep, Math.max(keep - height * scale, y)),
  };
}

/** Larger by a factor; what is at a point of the stage stays there. */
export function zoomed(camera: Camera, factor: number, at: { readonly x: number; readonly y: number }): Camera {
  const scale = Math.min(largest, Math.max(smallest, camera.scale * factor));
  const moved = (point: number, origin: number) => point - ((point - origin) * scale) / camera.scale;
  return { scale, x: moved(at.x, camera.x), y: moved(at.y, camera.y) };
}

/** Moved as little as brings a box into sight. */
export function revealed(camera: Camera, box: Box, stage: Stage): Camera {
  const { scale } = camera;
  let { x, y } = camera;
  const [left, top] = [box.x * scale + x, box.y * scale + y];
  const [right, bottom] = [left + box.w * scale, top + Math.min(box.h, 60) * scale];
  if (left < 16 || right - left > stage.width - 40) x += 24 - left;
  else if (right > stage.width - 16) x += stage.width - 24 - right;
  if (top < 36 || bottom > stage.height - 24) y += stage.height / 2 - top;
  return { scale, x, y };
}
