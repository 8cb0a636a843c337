/** UNKNOWN: something that would decide it has not been told yet. */
export type Outcome = 'MET' | 'UNMET' | 'UNKNOWN';

interface HasOutcome {
  readonly outcome: Outcome;
}

/** All of them; of none, met. */
export function allMet(parts: readonly HasOutcome[]): Outcome {
  if (parts.some(({ outcome }) => outcome === 'UNMET')) return 'UNMET';
  return parts.every(({ outcome }) => outcome === 'MET') ? 'MET' : 'UNKNOWN';
}

/** Any of them; of none, unmet. */
export function anyMet(parts: readonly HasOutcome[]): Outcome {
  if (parts.some(({ outcome }) => outcome === 'MET')) return 'MET';
  return parts.every(({ outcome }) => outcome === 'UNMET') ? 'UNMET' : 'UNKNOWN';
}

export const metIf = (holds: boolean): Outcome => (holds ? 'MET' : 'UNMET');

/** Whether so many of them are met, however those may turn out that are not known. */
export function countMet(parts: readonly HasOutcome[], from = 0, to = Infinity): Outcome {
  const met = parts.filter(({ outcome }) => outcome === 'MET').length;
  const possible = parts.filter(({ outcome }) => outcome !== 'UNMET').length;
  if (met >= from && possible <= to) return 'MET';
  return possible < from || met > to ? 'UNMET' : 'UNKNOWN';
}
