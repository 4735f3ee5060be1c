// A small picture of the whole graph; only there while a part of it is out of sight.
import { h } from '../ui/dom.ts';
import { alpha } from './colors.ts';
import { hueOf, isBroken, type Scene } from './scene.ts';
import { overviewColor } from './lines.ts';

const [width, tallest] = [132, 124];

export function createMinimap(go: (x: number, y: number) => void): {
  readonly element: HTMLElement;
  draw(scene: Scene): void;
} {
  const canvas = h('canvas', { class: 'minimap', 'aria-hidden': 'true' });
  let [stepX, stepY] = [1, 1];
  const move = (event: PointerEvent) => go(event.offsetX / stepX, event.offsetY / stepY);
  canvas.addEventListener('pointerdown', event => {
    canvas.setPointerCapture(event.pointerId);
    canvas.addEventListener('pointermove', move);
    move(event);
  });
  canvas.addEventListener('pointerup', () => canvas.removeEventListener('pointermove', move));
  return {
    element: canvas,
    draw(scene) {
      const { layout, colors, scale, x, y } = scene;
      const inSight = layout.width * scale <= scene.width + 2 && layout.height * scale <= scene.height + 2;
      canvas.hidden = inSight || scene.compact || scene.height < 260;
      if (canvas.hidden) return;
      const ratio = window.devicePixelRatio || 1;
      const height = Math.min(tallest, Math.max(24, (layout.height * width) / layout.width));
      [stepX, stepY] = [width / layout.width, height / layout.height];
      canvas.width = width * ratio;
      canvas.height = height * ratio;
      canvas.style.setProperty('height', `${height}px`);
      const context = canvas.getContext('2d');
      if (!context) return;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      // Of a very large graph every n-th box is enough.
      const boxes = [...layout.nodes, ...layout.groups.filter(group => group.closed)];
      const thin = Math.ceil(boxes.length / 2500);
      boxes.forEach((box, index) => {
        if (index % thin && !isBroken(box) && box.key !== scene.selected) return;
        context.fillStyle = overviewColor(scene, box.key, hueOf(box, colors) ?? colors.ink, isBroken(box));
        context.fillRect(box.x * stepX, box.y * stepY, box.w * stepX, Math.max(1.2, box.h * stepY));
      });
      const left = Math.max(0, (-x / scale) * stepX);
      const top = Math.max(0, (-y / scale) * stepY);
      const right = Math.min(width, ((scene.width - x) / scale) * stepX);
      const bottom = Math.min(height, ((scene.height - y) / scale) * stepY);
      context.fillStyle = alpha(colors.ink, 0.1);
      context.fillRect(left, top, right - left, bottom - top);
      context.strokeStyle = alpha(colors.ink, 0.6);
      context.strokeRect(left + 0.5, top + 0.5, right - left - 1, bottom - top - 1);
    },
  };
}
