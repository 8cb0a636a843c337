import { type Finding, outOfTurn, type Placed } from './finding';

/** An event with its bytes told by a digest: a row of an outbox, or a message of a stream. */
export interface Recorded extends Placed {
  readonly subject: string;
  readonly digest: string;
}

export interface Publication {
  readonly findings: Finding[];
  /** Copies beyond the first. The broker may store an event again under a fresh message id; consumers know it by its own. */
  readonly copies: number;
}

/**
 * Compares what was committed with what the streams hold, in their order: each event is there, byte for byte and under its subject, the first
 * copies are in the order of their aggregate, and nothing is there that nobody committed, but for what the test itself put there.
 */
export function judgePublication(
  committed: readonly Recorded[],
  streamed: readonly Recorded[],
  foreign: ReadonlySet<string> = new Set(),
): Publication {
  const findings: Finding[] = [];
  const rows = new Map(committed.map((row) => [row.id, row]));
  const ours = streamed.filter(({ id }) => !foreign.has(id));
  const seen = new Set<string>();
  for (const message of ours) {
    const row = rows.get(message.id);
    if (!row) findings.push({ kind: 'unaccounted', what: `stream: event ${message.id} was never committed` });
    else if (row.digest !== message.digest || row.subject !== message.subject)
      findings.push({ kind: 'altered', what: `stream: event ${message.id} differs from its outbox row` });
    seen.add(message.id);
  }
  for (const row of committed)
    if (!seen.has(row.id))
      findings.push({
        kind: 'lost',
        what: `stream: ${row.aggregate} ${row.sequence}, event ${row.id}, was committed and is not there`,
      });
  for (const { late, after } of outOfTurn(ours))
    findings.push({ kind: 'outOfOrder', what: `stream: ${late.aggregate} ${late.sequence} comes after ${after}` });
  return { findings, copies: ours.length - seen.size };
}
