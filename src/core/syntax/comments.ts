// Comments that speak to Tensorlift: `# tensorlift: ignore[TL204]` and `# shape: (n, 3) float32`.
import type { Dim } from '../../shared/findings.ts';
import type { DType } from '../../shared/dtypes.ts';
import { allDTypes } from '../../shared/dtypes.ts';
import type { Source } from './source.ts';

export interface Ignores {
  /** Line → the rules that are off there; `all` switches every rule off. */
  readonly lines: ReadonlyMap<number, ReadonlySet<string>>;
  readonly file: ReadonlySet<string>;
}

export interface ShapeComment {
  readonly shape: readonly Dim[] | null;
  readonly dtype: DType | null;
  /** `# shape: x (n, 3)`: the name that is meant; null means the assigned name of the line. */
  readonly name: string | null;
}

interface CommentNode {
  readonly text: string;
  readonly start: number;
}

const ignorePattern = /#\s*tensorlift:\s*(ignore-file|ignore-next-line|ignore)\b(?:\s*\[([^\]]*)\])?/;
const shapePattern = /#\s*shape:\s*(?:([A-Za-z_]\w*)\s*[:=]?\s*)?(\([^)]*\)|\[[^\]]*\]|scalar)(?:\s*,?\s*([a-z]+\d*))?/;

/** `ignore` holds for its own line, `ignore-next-line` for the one below, `ignore-file` for all. Without a list: every rule. */
export function readIgnores(source: Source, comments: readonly CommentNode[]): Ignores {
  const lines = new Map<number, Set<string>>();
  const file = new Set<string>();
  for (const comment of comments) {
    const match = ignorePattern.exec(comment.text);
    if (!match) continue;
    const rules = (match[2] ?? 'all')
      .split(',')
      .map(rule => rule.trim())
      .filter(rule => rule !== '');
    const line = source.lineAt(comment.start) + (match[1] === 'ignore-next-line' ? 1 : 0);
    const target = match[1] === 'ignore-file' ? file : (lines.get(line) ?? new Set<string>());
    for (const rule of rules) target.add(rule);
    if (match[1] !== 'ignore-file') lines.set(line, target);
  }
  return { lines, file };
}

export function isIgnored(ignores: Ignores, line: number, rule: string): boolean {
  const here = ignores.lines.get(line);
  return [here, ignores.file].some(rules => rules?.has(rule) || rules?.has('all'));
}

/** Line → the shape that its comment states. */
export function readShapes(source: Source, comments: readonly CommentNode[]): ReadonlyMap<number, ShapeComment> {
  const shapes = new Map<number, ShapeComment>();
  for (const comment of comments) {
    const match = shapePattern.exec(comment.text);
    if (!match) continue;
    const written = match[2] ?? '';
    const dims =
      written === 'scalar'
        ? []
        : written
            .slice(1, -1)
            .split(',')
            .map(dim => dim.trim())
            .filter(dim => dim !== '')
            .map(readDim);
    const dtype = allDTypes.find(name => name === match[3]) ?? null;
    shapes.set(source.lineAt(comment.start), {
      shape: dims.includes('...') ? null : dims,
      dtype,
      name: match[1] ?? null,
    });
  }
  return shapes;
}

function readDim(text: string): Dim {
  if (/^\d+$/.test(text)) return Number(text);
  if (text === '...' || /^[A-Za-z_]\w*$/.test(text)) return text;
  return null;
}
