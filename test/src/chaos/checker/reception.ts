import { type Finding, outOfTurn, type Placed } from './finding';

/** A webhook as it came to a partner. */
export interface Received extends Placed {
  readonly verified: boolean;
  /** Place in the subscription. */
  readonly place: number;
  readonly digest: string;
}

/** What a partner is entitled to, with its bytes told by a digest. */
export interface Entitled extends Placed {
  readonly digest: string;
}

/** Compares what a partner was entitled to with what it received, in the order of arrival. A repetition is known by its id and passed over. */
export function judgeReception(
  partner: string,
  entitled: readonly Entitled[],
  received: readonly Received[],
): Finding[] {
  const findings: Finding[] = [];
  const mayHave = new Map(entitled.map(({ id, digest }) => [id, digest]));
  const got = new Map<string, Received>();
  for (const webhook of received) {
    if (!webhook.verified) {
      findings.push({ kind: 'altered', what: `${partner}: the signature of ${webhook.id} is wrong` });
      continue;
    }
    if (!mayHave.has(webhook.id))
      findings.push({ kind: 'unaccounted', what: `${partner}: received ${webhook.id}, which it was not entitled to` });
    else if (mayHave.get(webhook.id) !== webhook.digest)
      findings.push({ kind: 'altered', what: `${partner}: the bytes of ${webhook.id} differ from its outbox row` });
    if (!got.has(webhook.id)) got.set(webhook.id, webhook);
  }
  for (const { id, aggregate, sequence } of entitled)
    if (!got.has(id)) findings.push({ kind: 'lost', what: `${partner}: never received ${aggregate} ${sequence}` });
  for (const { late, after } of outOfTurn([...got.values()]))
    findings.push({
      kind: 'outOfOrder',
      what: `${partner}: received ${late.aggregate} ${late.sequence} after ${after}`,
    });
  const places = new Set([...got.values()].map(({ place }) => place));
  if (places.size !== got.size)
    findings.push({ kind: 'twice', what: `${partner}: two events have the same place in the subscription` });
  for (let place = 1; place <= got.size; place += 1)
    if (!places.has(place))
      findings.push({ kind: 'lost', what: `${partner}: place ${place} of the subscription is empty` });
  return findings;
}
