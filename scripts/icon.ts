// `npm run icon`: draws media/icon.png from media/icon.svg in a browser, at the size that the extension's page wants.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from '../test/support/browser.ts';

const media = path.resolve(import.meta.dirname, '../media');
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
await page.setContent(`<body style="margin:0">${readFileSync(path.join(media, 'icon.svg'), 'utf8')}</body>`);
await page.screenshot({ path: path.join(media, 'icon.png'), omitBackground: true });
await browser.close();
