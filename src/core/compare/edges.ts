// The edges of what a signature allows, as sampled inputs have them. A difference there is no surprise where a change of the
// function names it: that is what Review means.

interface Edge {
  /** How the input is called in a sentence. */
  readonly words: string;
  /** Notes of changes that name a difference on such inputs; null: none does. */
  readonly named: RegExp | null;
}

export const edges = {
  zeros: { words: 'zeros', named: /zero|singular/i },
  'signed-zeros': { words: 'zeros of both signs', named: /zero/i },
  nan: { words: 'a NaN', named: /NaN/ },
  infinite: { words: 'infinities', named: /\binf|overflow|out of range|NaN/i },
  repeated: { words: 'repeated integers', named: /equal elements|singular|out of range/i },
  negative: { words: 'negative integers', named: /negative|below zero/i },
  largest: { words: 'the largest and smallest integers', named: /overflow|out of range/i },
  empty: { words: 'an empty array', named: /empty/i },
  one: { words: 'arrays of one element', named: null },
  strided: { words: 'a view that is not contiguous', named: /\bview|\bbuffer/i },
  aliased: { words: 'the same array twice', named: /\bshare|\balias|same (?:array|memory)/i },
} as const satisfies Record<string, Edge>;

export type EdgeCase = keyof typeof edges;

/** Whether one of the notes names a difference on inputs of this kind. */
export const isNamed = (edge: EdgeCase, notes: readonly string[]): boolean => {
  const { named } = edges[edge];
  return named !== null && notes.some(note => named.test(note));
};
