// Where the built files lie: beside the bundle that this code is in, or in `dist/` of a checkout.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of a built file, `kernel/process.js` for example; throws when the build is missing. */
export function assetPath(name: string): string {
  for (let folder = path.dirname(fileURLToPath(import.meta.url)); ; folder = path.dirname(folder)) {
    for (const place of [name, `dist/${name}`]) {
      const file = path.join(folder, place);
      if (existsSync(file)) return file;
    }
    if (folder === path.dirname(folder)) throw new Error(`${name} is not built: run \`npm run build\`.`);
  }
}
