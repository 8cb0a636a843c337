import { createHash } from 'node:crypto';
import { type CloudEvent } from '@okienko/contracts/event';
import type { Api } from '@okienko/local/api';
import { type Finding, outOfTurn } from '../chaos/checker/finding';
import type { Received } from '../chaos/checker/reception';
import { mayHave, type readOutboxes } from '../chaos/system/inspect-system';
import type { Subscription } from '../chaos/system/world';

type Committed = Awaited<ReturnType<typeof readOutboxes>>;

/**
 * What partners have, after a restore that may have taken something back: everything that is committed; nothing that is neither committed nor
 * among what was reported as lost; in the order of each subject; and no number that ever meant two events.
 */
export function judgePartner(
  { name, types }: Subscription,
  committed: Committed,
  received: readonly Received[],
  lost: ReadonlySet<string>,
): Finding[] {
  const findings: Finding[] = [];
  const entitled = new Map(
    committed.filter(({ subject }) => mayHave(types, subject)).map((event) => [event.id, event]),
  );
  const had = new Set(received.map(({ id }) => id));
  for (const { id, aggregate, sequence } of entitled.values())
    if (!had.has(id)) findings.push({ kind: 'lost', what: `${name}: never received ${aggregate} ${sequence}` });
  for (const { id, digest, verified } of received) {
    const event = entitled.get(id);
    if (!verified || (event && event.digest !== digest)) findings.push({ kind: 'altered', what: `${name}: ${id}` });
    if (!event && !lost.has(id))
      findings.push({
        kind: 'unaccounted',
        what: `${name}: received ${id}, which nobody committed or reported as lost`,
      });
  }
  for (const { late, after } of outOfTurn(received.filter(({ id }) => entitled.has(id))))
    findings.push({ kind: 'outOfOrder', what: `${name}: ${late.aggregate} ${late.sequence} after ${after}` });
  const numbers = new Map<number, string>();
  for (const { place, id } of received) {
    const before = numbers.get(place);
    if (before !== undefined && before !== id)
      findings.push({ kind: 'twice', what: `${name}: number ${place} meant ${before} and means ${id}` });
    numbers.set(place, id);
  }
  return findings;
}

interface Page {
  readonly items: readonly { readonly sequence: number; readonly event: CloudEvent | null }[];
}

/**
 * As the partner guide says: reads on from the last number that it has had, then compares digests. A cursor that is ahead of the centre would never
 * be told of what comes. Numbers must have no hole.
 */
export async function judgeCursor(
  api: Api,
  account: string,
  name: string,
  cursor: number,
): Promise<{ findings: Finding[]; last: number }> {
  const findings: Finding[] = [];
  const { items: subscriptions } = await api.get<{ items: readonly { id: string; lastSequence: number }[] }>(
    account,
    'notifications',
    '/subscriptions',
  );
  const { id, lastSequence } = subscriptions[0] ?? { id: '', lastSequence: 0 };
  if (cursor > lastSequence)
    findings.push({
      kind: 'lost',
      what: `${name}: has had number ${cursor}, and the centre begins again at ${lastSequence}`,
    });
  const lines: string[] = [];
  let expected = 1;
  for (let after = 0; ;) {
    const { items } = await api.get<Page>(
      account,
      'notifications',
      `/subscriptions/${id}/events?after=${after}&limit=200`,
    );
    for (const { sequence, event } of items) {
      if (sequence !== expected)
        findings.push({ kind: 'lost', what: `${name}: ${sequence} comes after ${expected - 1}` });
      expected = sequence + 1;
      if (event) lines.push(`${sequence} ${event.id}\n`);
    }
    const last = items.at(-1)?.sequence;
    if (last === undefined) break;
    after = last;
  }
  const isWhole = lines.length === expected - 1;
  if (isWhole) {
    const { sha256 } = await api.get<{ sha256: string }>(
      account,
      'notifications',
      `/subscriptions/${id}/digest?from=1&to=${expected - 1}`,
    );
    if (sha256 !== createHash('sha256').update(lines.join('')).digest('hex'))
      findings.push({ kind: 'altered', what: `${name}: the digests of 1 to ${expected - 1} differ` });
  }
  return { findings, last: expected - 1 };
}
