// The first view: what was found, what it became, whether it holds, what it printed.
import type { ConversionUnit } from '../src/shared/findings.ts';
import type { ReportData } from '../src/shared/report.ts';
import { codeView, levelText } from './code/code.ts';
import { changedLines } from './code/diff.ts';
import { h } from './ui/dom.ts';
import type { Host } from './host.ts';
import { plural, timeText } from './ui/format.ts';
import { foot, type Tab } from './ui/tabs.ts';

const statusText = {
  verified: '✓ verified',
  differs: '✕ differs',
  'not-run': '– not run',
  failed: '✕ failed',
} as const;

export function overviewTab(data: ReportData, host: Host): Tab {
  const status = data.verification?.verdict.status;
  return {
    id: 'overview',
    title: 'Overview',
    alert: status === 'differs' || status === 'failed',
    panel: h('div', {}, overview(data, host)),
    foot: foot(h('span', {}, plural(data.findings.length, 'finding'))),
  };
}

function overview(data: ReportData, host: Host): HTMLElement {
  const { conversion, verification, run, findings } = data;
  const lines = (text: string) => text.replace(/\r\n/g, '\n').replace(/\n$/, '').split('\n');
  const changed = conversion ? changedLines(lines(data.source), lines(conversion.source)) : null;
  const warnings = findings.filter(finding => finding.severity === 'warning' || finding.severity === 'error');
  const verdict = verification?.verdict.status;
  return h(
    'div',
    { class: 'overview' },
    h(
      'div',
      { class: 'headlines' },
      headline(
        plural(findings.length, 'finding'),
        warnings.length
          ? `${plural(warnings.length, 'would change', 'would change')} the meaning`
          : 'none changes the meaning',
      ),
      conversion && headline(conversion.complete ? 'complete' : 'partial', 'conversion to TensorFlow'),
      verification &&
        verdict &&
        headline(
          statusText[verdict],
          verification.text,
          verdict === 'verified' ? 'good' : verdict === 'not-run' ? '' : 'alarm',
        ),
      run && headline(timeText(run.ms.run), `run on ${run.device.name}`),
    ),
    conversion && units(conversion.units),
    h(
      'div',
      { class: 'side-by-side' },
      codeView({
        title: data.path,
        text: data.source,
        findings,
        onLine: line => host.reveal({ start: { line, character: 0 }, end: { line, character: 0 } }),
        ...(changed ? { changed: changed.left } : {}),
      }),
      conversion &&
        codeView({ title: 'Converted', text: conversion.source, ...(changed ? { changed: changed.right } : {}) }),
    ),
    run && output(run.stdout, run.error ? run.error.traceback : run.stderr),
  );
}

const headline = (value: string, text: string, kind = '') =>
  h('div', { class: `headline ${kind}` }, h('strong', {}, value), h('span', {}, text));

function units(items: readonly ConversionUnit[]): HTMLElement | null {
  if (!items.length) return null;
  const row = (unit: ConversionUnit) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, unit.kind === 'module' ? 'module' : `${unit.name}()`),
      h('td', { class: 'number' }, unit.line + 1),
      h('td', {}, unit.status),
      h('td', {}, unit.status === 'unchanged' ? '' : levelText[unit.level]),
      h('td', {}, unit.verification ? statusText[unit.verification.status] : ''),
      h(
        'td',
        {},
        [
          unit.verification?.reason,
          ...unit.blocked.map(blocked => `line ${blocked.range.start.line + 1}: ${blocked.reason}`),
        ]
          .filter(Boolean)
          .join(' · '),
      ),
    );
  return h(
    'table',
    { class: 'units', 'aria-label': 'Converted units' },
    h(
      'thead',
      {},
      h('tr', {}, ...['Unit', 'Line', 'Status', 'Level', 'Proof', 'Why'].map(text => h('th', { scope: 'col' }, text))),
    ),
    h('tbody', {}, ...items.map(row)),
  );
}

function output(stdout: string, stderr: string): HTMLElement {
  return h(
    'section',
    { class: 'output', 'aria-label': 'Output' },
    h('h2', {}, 'Output'),
    h('pre', {}, stdout || '(nothing printed)'),
    stderr.trim() !== '' && h('pre', { class: 'alarm' }, stderr),
  );
}
