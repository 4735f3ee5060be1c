// Converts a text as `tensorlift convert` does, for the golden files and their tests.
import { analyze } from '../../src/core/infer/index.ts';
import { convert } from '../../src/core/convert/index.ts';
import type { ConvertOptions } from '../../src/core/convert/index.ts';
import type { Conversion } from '../../src/shared/findings.ts';
import { parsePython } from '../support/parser.ts';

export async function convertText(text: string, options: Partial<ConvertOptions> = {}): Promise<Conversion> {
  const analysis = analyze(await parsePython(text));
  return convert(analysis, { dtypes: 'faithful', level: 'review', ...options });
}
