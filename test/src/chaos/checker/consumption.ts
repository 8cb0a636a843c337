import type { Finding, Placed } from './finding';

/** An event that a consumer gave up: parked, or waiting behind a parked one. */
export interface Letter extends Placed {
  readonly reason: string;
}

/** Compares what a consumer should have done with what it did, in the order in which it was done. */
export function judgeConsumption(
  consumer: string,
  expected: readonly Placed[],
  effects: readonly Placed[],
  letters: readonly Letter[] = [],
): Finding[] {
  const findings: Finding[] = [];
  const wanted = new Map(expected.map((event) => [event.id, event]));
  const parked = new Map(letters.map((letter) => [letter.id, letter]));
  const times = new Map<string, number>();
  for (const { id } of effects) times.set(id, (times.get(id) ?? 0) + 1);
  for (const { id, aggregate, sequence } of expected) {
    const count = times.get(id) ?? 0;
    const about = `${consumer}: ${aggregate} ${sequence}`;
    if (count === 0 && !parked.has(id)) findings.push({ kind: 'lost', what: `${about} had no effect` });
    if (count > 1) findings.push({ kind: 'twice', what: `${about} took effect ${count} times` });
    if (count > 0 && parked.has(id)) findings.push({ kind: 'twice', what: `${about} took effect and is parked` });
  }
  for (const id of times.keys())
    if (!wanted.has(id)) findings.push({ kind: 'unaccounted', what: `${consumer}: an effect of unknown event ${id}` });
  return [...findings, ...judgeOrder(consumer, effects, letters)];
}

/** One aggregate's events are handled next by next, and none beyond a parked one. */
function judgeOrder(consumer: string, effects: readonly Placed[], letters: readonly Letter[]): Finding[] {
  const findings: Finding[] = [];
  const ends = new Map<string, number>();
  for (const { aggregate, sequence } of letters)
    ends.set(aggregate, Math.min(sequence, ends.get(aggregate) ?? sequence));
  const last = new Map<string, number>();
  const known = new Set<string>();
  for (const { id, aggregate, sequence } of effects) {
    if (known.has(id)) continue;
    known.add(id);
    const before = last.get(aggregate) ?? 0;
    const end = ends.get(aggregate) ?? Infinity;
    const about = `${consumer}: ${aggregate} ${sequence} was handled`;
    if (sequence !== before + 1) findings.push({ kind: 'outOfOrder', what: `${about} after ${before}` });
    if (sequence > end) findings.push({ kind: 'outOfOrder', what: `${about}, though ${end} is parked` });
    last.set(aggregate, Math.max(before, sequence));
  }
  return findings;
}
