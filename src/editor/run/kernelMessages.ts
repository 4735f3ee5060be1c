// Says when the kernel stopped by itself, once, and how to go on; what the user did himself needs one quiet line.
import * as vscode from 'vscode';
import type { Features } from '../features.ts';
import type { Loss } from './kernelHost.ts';

export function registerKernelMessages({ runs, log }: Features): vscode.Disposable {
  const tell = async ({ cause, reason }: Loss, hadNames: boolean): Promise<void> => {
    if (cause === 'replaced' && runs.isCancelled)
      return void vscode.window.setStatusBarMessage(`Tensorlift: ${reason}`, 8000);
    if (cause === 'restarted' || cause === 'ended' || !hadNames) return;
    const what = reason.replace(/^The Python interpreter stopped: /, '').replace(/\.$/, '');
    const message = `The kernel stopped: ${what}. Its variables are gone.`;
    const answer = await vscode.window.showErrorMessage(message, 'Restart', 'Show Output');
    if (answer === 'Restart') await runs.host.get(null);
    if (answer === 'Show Output') log.show(true);
  };
  return runs.onDidStop(({ loss, hadNames }) => void tell(loss, hadNames));
}
