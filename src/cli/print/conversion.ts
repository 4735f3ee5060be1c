// A conversion in words, on stderr: what became of each unit, its level, its verdict, and what stands in the way.
import type { Converted } from '../../service/convert.ts';
import { inputsText } from '../../service/verify.ts';
import type { ConversionUnit, Verification } from '../../shared/findings.ts';
import { count, short, table } from '../style.ts';
import type { Colour, Paint } from '../style.ts';

const statusColours: Readonly<Record<ConversionUnit['status'], Colour>> = {
  converted: 'green',
  partial: 'yellow',
  blocked: 'red',
  unchanged: 'dim',
};
const verdictColours: Readonly<Record<Verification['status'], Colour>> = {
  verified: 'green',
  differs: 'red',
  failed: 'red',
  'not-run': 'dim',
};

export function verdictWords(verification: Verification): string {
  const { status, maxAbs, gradient, reason, named, doctests } = verification;
  if (status === 'verified') {
    const error = maxAbs > 0 ? `, largest difference ${short(maxAbs)}` : '';
    const noted = named ? `, differs on ${count(named.length, 'edge case')} that a note names` : '';
    const witness = doctests?.[0] === undefined ? '' : `; the original does not do what ${doctests[0]}`;
    return `verified on ${inputsText(verification)}${error}${gradient === 'checked' ? ', gradient checked' : ''}${noted}${witness}`;
  }
  const word = status === 'not-run' ? 'not verified' : status;
  return reason === undefined ? word : `${word}: ${reason}`;
}

export function printConversion({ units, complete }: Converted, paint: Paint): void {
  const rows = units.map(unit => [
    paint('bold', unit.name),
    paint(statusColours[unit.status], unit.status),
    unit.status === 'unchanged' || unit.status === 'blocked' ? '' : unit.level,
    unit.verification ? paint(verdictColours[unit.verification.status], verdictWords(unit.verification)) : '',
  ]);
  const lines = rows.length ? [table(rows)] : [];
  for (const unit of units) {
    for (const { rule, range, reason } of unit.blocked)
      lines.push(`  ${paint('yellow', `line ${range.start.line + 1}`)} ${reason} ${paint('dim', `(${rule})`)}`);
    if (unit.mutates.length && unit.returns.length)
      lines.push(
        `  ${unit.name} returns ${unit.returns.join(', ')}: the original changed ${unit.mutates.join(', ')} in place`,
      );
  }
  if (!complete) lines.push('  Some NumPy is left.');
  process.stderr.write(`${lines.join('\n')}\n`);
}
