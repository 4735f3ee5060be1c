// The page inside the editor's panel.
import type { FromPanel, ToPanel } from '../src/shared/panel.ts';

declare function acquireVsCodeApi(): { postMessage(message: FromPanel): void };

const host = acquireVsCodeApi();
addEventListener('message', event => {
  const message = event.data as ToPanel;
  document.body.textContent = message.type;
});
host.postMessage({ type: 'ready' });
