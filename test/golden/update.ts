// Rewrites the golden files: test/golden/convert/*.after.py and test/golden/examples.json. Run it after a change of the conversion, read the
// difference, and let test/oracle/check_golden.py run the pairs on NumPy and TensorFlow.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { convertText } from './convertText.ts';
import { convertedExamples } from './examples.ts';

const folder = new URL('./convert/', import.meta.url);

async function update(): Promise<void> {
  for (const name of readdirSync(folder).filter(file => file.endsWith('.before.py'))) {
    const { source } = await convertText(readFileSync(new URL(name, folder), 'utf8'));
    writeFileSync(new URL(name.replace('.before.', '.after.'), folder), source);
  }
  const examples = await convertedExamples();
  writeFileSync(new URL('./examples.json', import.meta.url), JSON.stringify(examples, null, 1) + '\n');
  for (const { id, name, blocked, rules } of examples)
    if (blocked.length > 0 || !rules.includes(id)) console.log(`${id} ${name}: not converted by its rule: ${blocked.join('; ')}`);
}

void update();
