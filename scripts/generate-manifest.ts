// `npm run manifest`: writes commands, settings, menus and the rest of the tables in src/editor/contributions into package.json.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { manifest } from '../src/editor/contributions/manifest.ts';

const file = path.resolve(import.meta.dirname, '../package.json');
const current = JSON.parse(readFileSync(file, 'utf8')) as object;
writeFileSync(file, await format(JSON.stringify({ ...current, ...manifest() }), { parser: 'json-stringify' }));
