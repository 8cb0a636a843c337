import type { Finding, Placed } from './finding';

/** An aggregate's row. */
export interface State {
  readonly aggregate: string;
  readonly version: number;
}

/** Nothing is stored without its events, and no event without what it tells of: an aggregate's version is the sequence of its last event. */
export function judgeState(states: readonly State[], committed: readonly Placed[]): Finding[] {
  const findings: Finding[] = [];
  const sequences = new Map<string, number[]>();
  for (const { aggregate, sequence } of committed) {
    const known = sequences.get(aggregate);
    if (known) known.push(sequence);
    else sequences.set(aggregate, [sequence]);
  }
  for (const { aggregate, version } of states) {
    const found = (sequences.get(aggregate) ?? []).sort((a, b) => a - b);
    const last = found.at(-1) ?? 0;
    if (version > last)
      findings.push({ kind: 'lost', what: `outbox: ${aggregate} is at ${version}, its events end at ${last}` });
    if (version < last)
      findings.push({
        kind: 'unaccounted',
        what: `outbox: ${aggregate} is at ${version}, its events go on to ${last}`,
      });
    let before = 0;
    for (const sequence of found) {
      const about = `outbox: ${aggregate} has ${sequence} after ${before}`;
      if (sequence === before) findings.push({ kind: 'twice', what: about });
      if (sequence > before + 1) findings.push({ kind: 'lost', what: about });
      before = sequence;
    }
  }
  return findings;
}
