// Frames of a Python traceback, and errors in a few words. Pure.
import type { PythonError } from '../../shared/trace.ts';

export interface Frame {
  readonly path: string;
  /** 0-based. */
  readonly line: number;
  readonly name: string;
}

/** The frames of the last traceback of a text, outermost first. */
export function framesOf(traceback: string): readonly Frame[] {
  const last = traceback.slice(Math.max(0, traceback.lastIndexOf('Traceback (most recent call last):')));
  return [...last.matchAll(/^ {2}File "(.+)", line (\d+)(?:, in (.+))?$/gm)].map(
    ([, path = '', line = '1', name = '']) => ({
      path,
      line: Number(line) - 1,
      name,
    }),
  );
}

/** `ValueError: shapes (3,) and (4,) not aligned`, on one line. */
export function headline({ type, message }: Pick<PythonError, 'type' | 'message'>): string {
  // Python says where a syntax error is; here it stands there.
  const text = type.endsWith('SyntaxError') ? message.replace(/ \([^()]*, line \d+\)$/, '') : message;
  const first = text.split('\n').find(line => line.trim()) ?? '';
  return first ? `${type}: ${first.trim()}` : type;
}
