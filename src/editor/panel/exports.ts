// What leaves the panel: the report as one HTML file, the timings as a profile, pictures and tables. Written through VS Code's file
// system, so that remotes and virtual workspaces are served too.
import * as vscode from 'vscode';
import { profileOf } from '../../service/profile.ts';
import { pageOf } from '../../service/reportPage.ts';
import type { FromPanel } from '../../shared/panel.ts';
import type { ReportData } from '../../shared/report.ts';

type Save = Extract<FromPanel, { type: 'save' }>;

/** What is written, and how the dialog names it. */
interface Export {
  /** File name that is suggested. */
  readonly name: string;
  readonly kind: string;
  readonly ending: string;
  readonly content: string | Uint8Array;
}

const kinds: Readonly<Record<Save['kind'], string>> = { svg: 'SVG picture', png: 'PNG picture', csv: 'Table' };
const stem = (name: string): string => name.replace(/\.(?:py|ipynb)$/i, '');

export const exportedPage = async (report: ReportData): Promise<Export> => ({
  name: `${stem(report.title)}.report.html`,
  kind: 'HTML page',
  ending: 'html',
  content: await pageOf([report]),
});

export function exportedProfile(report: ReportData, path: string): Export | null {
  if (!report.run) return null;
  const content = JSON.stringify(profileOf(report.run, path));
  return { name: `${stem(report.title)}.cpuprofile`, kind: 'CPU profile', ending: 'cpuprofile', content };
}

export const exportedPicture = ({ name, kind, content }: Save): Export => ({
  name: name.endsWith(`.${kind}`) ? name : `${name}.${kind}`,
  kind: kinds[kind],
  ending: kind,
  content,
});

/** Asks where to, writes, and offers to open it. `target` answers the question beforehand. Undefined: the user changed their mind. */
export async function save(
  { name, kind, ending, content }: Export,
  beside: vscode.Uri | null,
  target?: vscode.Uri,
): Promise<vscode.Uri | undefined> {
  const folder = folderOf(beside);
  const uri =
    target ??
    (await vscode.window.showSaveDialog({
      ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
      filters: { [kind]: [ending] },
      title: `Export ${kind}`,
    }));
  if (!uri) return undefined;
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  await vscode.workspace.fs.writeFile(uri, bytes);
  if (!target) void offer(uri, ending);
  return uri;
}

const folderOf = (beside: vscode.Uri | null): vscode.Uri | undefined =>
  beside && beside.scheme !== 'untitled'
    ? vscode.Uri.joinPath(beside, '..')
    : vscode.workspace.workspaceFolders?.[0]?.uri;

async function offer(uri: vscode.Uri, ending: string): Promise<void> {
  const open = 'Open';
  const answer = await vscode.window.showInformationMessage(`Saved ${uri.path.split('/').at(-1) ?? uri.path}.`, open);
  if (answer !== open) return;
  // A page belongs into a browser; a remote's files cannot be reached from there, so they open in the editor.
  if (ending === 'html' && uri.scheme === 'file' && !vscode.env.remoteName) await vscode.env.openExternal(uri);
  else await vscode.commands.executeCommand('vscode.open', uri);
}
