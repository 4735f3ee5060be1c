// What the Compare tab shows of a program that was lifted and run here: a small network with a store and a statement that stays NumPy.
import type { PanelRun } from '../../src/shared/panel.ts';
import type { ReportData } from '../../src/shared/report.ts';
import { reportData } from '../../src/service/report.ts';

export const program = `import numpy as np


def forward(x, W1, b1, W2):
    hidden = np.dot(x, W1) + b1
    hidden = np.maximum(hidden, 0.0)
    z = np.dot(hidden, W2)
    z = z - np.max(z, axis=1, keepdims=True)
    e = np.exp(z)
    return e / np.sum(e, axis=1, keepdims=True)


rng = np.random.default_rng(1)
x = rng.random((64, 32))
W1 = rng.random((32, 16)) - 0.5
W2 = rng.random((16, 10)) - 0.5
p = forward(x, W1, np.zeros(16), W2)
best = np.argmax(p, axis=1)
count = np.zeros(10)
for k in best:
    count[k] += 1
low = np.sort(p, axis=0)[:2]
total = np.mean(np.log(p)) + np.std(p)
if np.max(count) > 60:
    total = total * 0.5
print("mean", total)
`;

export const compared = (): Promise<ReportData> => reportData(program, '/nowhere/network.py');

export const runOf = (report: ReportData): PanelRun => ({ report, tensors: [], figures: [], namespace: null });
