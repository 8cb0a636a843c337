import { createHash } from 'node:crypto';
import { readFeed } from '@okienko/partner';
import { cloudEventFaults, hasCloudEventsSchema } from '../../cloud-events';
import type { Line } from '../report';
import { percentile } from '../rounds';
import type { Member, Published } from './flowing';
import { partner, type World } from './world';

/** What a dead partner finds when it is there again: everything, in the feed. */
async function pulled({ url, token }: World, { subscription }: Member): Promise<{ sequence: number; id: string }[]> {
  const found: { sequence: number; id: string }[] = [];
  const { id, partnerId } = subscription;
  for await (const { sequence, event } of readFeed({
    url,
    subscription: id,
    token: () => token(partner(partnerId)),
    wait: 0,
  }))
    found.push({ sequence, id: event?.id ?? '' });
  return found;
}

async function isDigestEqual(world: World, member: Member, had: readonly { sequence: number; id: string }[]) {
  const inOrder = [...had].sort((a, b) => a.sequence - b.sequence);
  const own = createHash('sha256').update(inOrder.map(({ sequence, id }) => `${sequence} ${id}\n`).join(''));
  const { id, partnerId } = member.subscription;
  const last = Math.max(1, inOrder.at(-1)?.sequence ?? 0);
  const path = `/subscriptions/${id}/digest?from=1&to=${last}`;
  const { count, sha256 } = await world.call<{ count: number; sha256: string }>('GET', path, partner(partnerId));
  return count === had.length && sha256 === own.digest('hex');
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
const none = { goal: { atMost: 0 } } as const;
/** What was answered so shortly before a kill may not have been recorded, and comes again. */
const unrecorded = 2_000;

export async function judge(
  world: World,
  members: readonly Member[],
  published: readonly Published[],
  killedAt: readonly number[],
): Promise<Line[]> {
  const at = new Map(published.map((one) => [one.event.id, one.at]));
  const delays: number[] = [];
  const count = { entitled: 0, arrived: 0, others: 0, gaps: 0, unequal: 0 };
  for (const member of members) {
    const { sink, wants } = member;
    const had = sink.kind === 'dead' ? await pulled(world, member) : sink.taken;
    const entitled = new Set(published.filter(({ event }) => wants(event)).map(({ event }) => event.id));
    const ids = new Set(had.map(({ id }) => id));
    count.entitled += entitled.size;
    count.arrived += [...entitled].filter((id) => ids.has(id)).length;
    count.others += had.filter(({ id }) => !entitled.has(id)).length;
    count.gaps += Math.max(0, ...had.map(({ sequence }) => sequence)) - ids.size;
    if (!(await isDigestEqual(world, member, had))) count.unequal += 1;
    if (sink.kind === 'healthy') for (const one of sink.taken) delays.push((one.at - (at.get(one.id) ?? NaN)) / 1000);
  }
  const sinks = members.map(({ sink }) => sink);
  const healthy = sinks.filter(({ kind }) => kind === 'healthy');
  const again = healthy.flatMap(({ repeatedAfter }) => repeatedAfter);
  const unexplained = again.filter((first) => !killedAt.some((kill) => kill >= first && kill - first < unrecorded));
  const bodies = new Map(sinks.flatMap(({ bodies: some }) => [...some]));
  return [
    {
      key: 'healthyP95Seconds',
      figure: percentile(delays, 0.95),
      goal: { atMost: 2 },
      what: 'from event to a healthy sink',
    },
    { key: 'healthyP50Seconds', figure: percentile(delays, 0.5), what: 'the same' },
    { key: 'healthyMaxSeconds', figure: Math.max(...delays), what: 'the same' },
    { key: 'entitled', figure: count.entitled, what: 'events × subscriptions that may have and want them' },
    {
      key: 'deliveredOrParked',
      figure: count.arrived,
      goal: { atLeast: count.entitled },
      what: 'of them, arrived; at the dead one kept, and pulled by the library',
    },
    { key: 'notEntitled', figure: count.others, ...none, what: 'that came to somebody else' },
    { key: 'unsigned', figure: sum(sinks.map((one) => one.unsigned)), ...none, what: 'posts without a good signature' },
    {
      key: 'duplicatesById',
      figure: sum(sinks.map((one) => one.mistaken)),
      ...none,
      what: 'effects beyond one an event',
    },
    { key: 'repeated', figure: again.length, what: `posts that healthy sinks got again, ${killedAt.length} kills` },
    { key: 'repeatedWithoutKill', figure: unexplained.length, ...none, what: 'of them, not in hand at a kill' },
    {
      key: 'refused',
      figure: sum(sinks.map((one) => one.refusals)),
      goal: { atLeast: 1 },
      what: 'posts that failing and flapping sinks refused, dropped or never answered',
    },
    {
      key: 'outOfOrder',
      figure: sum(sinks.map((one) => one.outOfOrder)),
      ...none,
      what: 'events after a later one of their subject',
    },
    { key: 'gaps', figure: count.gaps, ...none, what: 'numbers that are missing' },
    { key: 'digestsUnequal', figure: count.unequal, ...none, what: 'subscriptions whose digest is not what came' },
    ...(hasCloudEventsSchema
      ? [{ key: 'notCloudEvents', figure: faults(bodies), ...none, what: 'bodies against the schema' }]
      : []),
  ];
}

const faults = (bodies: ReadonlyMap<string, string>): number =>
  cloudEventFaults(
    [...bodies].map(([subject, body]) => ({ subject, contentType: 'application/cloudevents+json', body })),
  ).length;
