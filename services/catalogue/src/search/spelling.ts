/** Shorter words are too near to one another. */
export const leastLetters = 4;

/** The word and everything that is left of it when one letter is taken away. Two words that differ by one slip share one of these. */
export function shadowsOf(word: string): string[] {
  const letters = [...word];
  return [...new Set([word, ...letters.map((_, index) => letters.filter((__, at) => at !== index).join(''))])];
}

/** One letter too many, too few or another one, or two neighbours that changed places. */
export function isOneSlipAway(one: string, other: string): boolean {
  const [longer, shorter] = one.length >= other.length ? [one, other] : [other, one];
  if (longer.length - shorter.length > 1) return false;
  let at = 0;
  while (at < shorter.length && longer[at] === shorter[at]) at += 1;
  const rest = longer.slice(at + 1);
  if (longer.length > shorter.length) return rest === shorter.slice(at);
  if (rest === shorter.slice(at + 1)) return true;
  return (
    longer[at] === shorter[at + 1] && longer[at + 1] === shorter[at] && longer.slice(at + 2) === shorter.slice(at + 2)
  );
}
