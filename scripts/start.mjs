// `npm start`: builds, then does the main job on the example programs.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));
const examples = ['arrays', 'session_matmul', 'gradient', 'heat'].map(name => `examples/${name}.py`);
for (const words of [['scripts/build.mjs'], ['dist/tour.js', ...examples]]) {
  const { status } = spawnSync(process.execPath, words, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
