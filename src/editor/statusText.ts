// What the status says: of the analysis, and of the kernel. Pure.
import type { Finding } from '../shared/findings.ts';
import type { RunDone } from '../shared/protocol.ts';

const count = (number: number, one: string, many: string): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** "12 calls can be lifted, 2 warnings". `loud` are the findings that are shown as warnings or errors. */
export function analysisText(findings: readonly Finding[], relevant: boolean, loud: number): string {
  if (!relevant) return 'No NumPy or TensorFlow here';
  const calls = findings.filter(({ kind, fixes }) => kind === 'convertible' && fixes.length > 0).length;
  const parts = [
    calls ? `${count(calls, 'call', 'calls')} can be lifted` : 'Nothing to lift',
    ...(loud ? [count(loud, 'warning', 'warnings')] : []),
  ];
  return parts.join(', ');
}

export type KernelState =
  | { readonly kind: 'restricted' }
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly label: string; readonly since: number }
  | { readonly kind: 'stopped'; readonly reason: string };

/** "CPU", or the GPU by its name; what the last run used, else what the setting asks for. */
export function deviceText(device: RunDone['device'] | null, wanted: string): string {
  if (device) return device.kind === 'webgpu' ? device.name : 'CPU';
  return wanted === 'webgpu' ? 'GPU' : 'CPU';
}

/** Text and tooltip of the kernel's item in the status bar. */
export function kernelText(
  state: KernelState,
  device: string,
  now: number,
): { readonly text: string; readonly tooltip: string } {
  switch (state.kind) {
    case 'restricted':
      return {
        text: '$(shield) Tensorlift: restricted',
        tooltip: 'Restricted: analysis only. Nothing runs before the workspace is trusted.',
      };
    case 'idle':
      return { text: `$(circuit-board) ${device} · idle`, tooltip: `Tensorlift runs programs on the ${device}.` };
    case 'running':
      return {
        text: `$(loading~spin) ${device} · ${seconds(now - state.since)}`,
        tooltip: `Running ${state.label}. Click for Cancel and more.`,
      };
    case 'stopped':
      return {
        text: '$(error) Kernel stopped',
        tooltip: `${state.reason} Names of earlier runs are gone; the next run starts it again.`,
      };
  }
}

/** "running" at first, then whole seconds and minutes: what changes too often only distracts. */
function seconds(ms: number): string {
  const whole = Math.floor(ms / 1000);
  if (whole < 1) return 'running';
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
