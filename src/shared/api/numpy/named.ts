// A row of a function on the processor, by position.
import type { ApiRow, DTypeRule, Gradient, ShapeRule } from '../types.ts';

export const named = (
  home: ApiRow['home'],
  name: string,
  signature: string,
  dtype: DTypeRule,
  shape: ShapeRule,
  gradient: Gradient,
  doc: string,
  aliases: readonly string[] = [],
): ApiRow => ({
  name,
  aliases,
  kind: 'function',
  home,
  signature,
  doc,
  dtype,
  shape,
  gradient,
  devices: 'wasm',
});
