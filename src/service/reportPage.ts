// Puts data, script and styles into one HTML file that needs nothing else.
import { readFile } from 'node:fs/promises';
import { assetPath } from '../kernel/index.ts';
import type { ReportData } from '../shared/report.ts';

/** The built page: `webview/report.ts` and its styles. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);

/** One page for one or more files. */
export function reportPage(reports: readonly ReportData[], { script, style }: PageAssets): string {
  // Inside a script element only `<` could end it: JSON may write it as an escape.
  const json = JSON.stringify(reports).replace(/</g, '\\u003c');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; worker-src blob:">
<title>${escapeHtml(reports.map(report => report.title).join(', '))} · Tensorlift</title>
<style>${style}</style>
</head>
<body>
<script type="application/json" id="tensorlift-data">${json}</script>
<script>${script.replace(/<\/script/gi, '<\\/script')}</script>
</body>
</html>
`;
}

/** The page for data that is at hand, with the page that was built. */
export async function pageOf(reports: readonly ReportData[]): Promise<string> {
  const [script, style] = await Promise.all([
    readFile(assetPath('webview/report.js'), 'utf8'),
    readFile(assetPath('webview/report.css'), 'utf8'),
  ]);
  return reportPage(reports, { script, style });
}
