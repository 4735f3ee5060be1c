// The verdict on everything that was lifted: the program and each of its functions, as one.
import type { ConversionUnit, Origin, Verification } from '../../shared/findings.ts';

/** The verdict on everything that was lifted: the worst one, with the inputs of program and functions together. */
export function overallVerdict(converted: {
  readonly verification: Verification | null;
  readonly units: readonly ConversionUnit[];
}): Verification | null {
  const whole = converted.verification;
  if (!whole || whole.status === 'not-run' || whole.status === 'failed') return whole;
  const own = converted.units.flatMap(unit =>
    unit.verification && unit.kind !== 'module' && !sameVerdict(unit.verification, whole)
      ? [{ name: unit.name, ...unit.verification }]
      : [],
  );
  const bad = own.find(({ status }) => status === 'failed') ?? own.find(({ status }) => status === 'differs');
  const all = [whole, ...own.filter(({ status }) => status === 'verified')];
  const origins = new Map<Origin, number>();
  for (const verdict of all)
    for (const [origin, count] of Object.entries(verdict.origins ?? {}) as [Origin, number][])
      origins.set(origin, (origins.get(origin) ?? 0) + count);
  const named = all.flatMap(verdict => verdict.named ?? []);
  const sums = {
    inputs: all.reduce((sum, verdict) => sum + verdict.inputs, 0),
    ...(origins.size > 0 ? { origins: Object.fromEntries(origins) } : {}),
    ...(named.length > 0 ? { named } : {}),
    maxAbs: Math.max(...all.map(verdict => verdict.maxAbs)),
    maxRel: Math.max(...all.map(verdict => verdict.maxRel)),
    gradient: all.some(verdict => verdict.gradient === 'checked') ? ('checked' as const) : whole.gradient,
  };
  if (whole.status === 'verified' && bad) {
    const { name, ...verdict } = bad;
    return { ...verdict, reason: `\`${name}\`: ${verdict.reason ?? 'unknown'}` };
  }
  return { ...whole, ...sums };
}

const sameVerdict = (a: Verification, b: Verification): boolean => JSON.stringify(a) === JSON.stringify(b);
