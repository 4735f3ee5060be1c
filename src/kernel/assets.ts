// Where the built files are: beside the bundle that this code is in, or in `dist/` of a checkout.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { KernelError } from './error.ts';

let folder: string | null = null;

function distFolder(): string {
  for (let at = path.dirname(fileURLToPath(import.meta.url)); ; at = path.dirname(at)) {
    for (const place of [at, path.join(at, 'dist')])
      if (existsSync(path.join(place, 'kernel/process.js'))) return place;
    if (at === path.dirname(at)) throw new KernelError('Tensorlift is not built: run `npm run build`.');
  }
}

/** Absolute path of a file in `dist/`, as `kernel/process.js`. */
export const assetPath = (name: string): string => path.join((folder ??= distFolder()), name);
