import { type Service, services } from '@okienko/contracts/event';
import { events } from '@okienko/contracts/events';
import { topology } from '@okienko/contracts/streams';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import type { EventCaused, EventRead, EventStored, EventWhereabouts } from '@okienko/messaging/operations.queries';
import type { Command } from 'commander';
import { exitCodes, Obstacle, reasonOf } from '../obstacle';
import { Deployment } from './deployment';
import { lasting } from './status';
import { answer, examples, finding } from './telling';

/** One event in one subscription, as notifications tells it. */
interface Dispatch {
  readonly subscriptionId: string;
  readonly partnerId: string;
  readonly way: 'PUSHED' | 'PULLED';
  readonly sequence: number;
  readonly state: 'PENDING' | 'DELIVERED' | 'WITHHELD' | 'PARKED';
  readonly attempts: number;
  readonly nextAttemptAt: string | null;
  readonly finishedAt: string | null;
  readonly lastStatus: number | null;
  readonly lastErrorCode: string | null;
  readonly brokenSince: string | null;
  readonly pausedAt: string | null;
  readonly acknowledged: boolean;
}

type Place = NonNullable<EventStored['place']>;

interface Reading extends Omit<EventRead, 'listens'> {
  readonly service: Service;
  readonly state: 'HANDLED' | 'PASSED_OVER' | 'PARKED' | 'DISCARDED' | 'FAILING' | 'WAITING' | 'NOT_TAKEN' | 'UNKNOWN';
}

/** Where an event is now, as every service together knows it. */
export interface Explained {
  readonly eventId: string;
  readonly owner: Service | null;
  readonly stored: EventStored | null;
  /** Its place in the stream, where the broker could be asked. */
  readonly streamSequence: number | null;
  readonly reads: readonly Reading[];
  readonly caused: readonly (EventCaused & { readonly service: Service })[];
  readonly dispatches: readonly Dispatch[];
  /** Services that could not be asked, and why. */
  readonly unasked: Readonly<Partial<Record<Service, string>>>;
  readonly sentences: readonly string[];
  /** It stands somewhere, until somebody does something or a sink comes back. */
  readonly standsStill: boolean;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
/** Messages of the stream that are looked at to find one. */
const mostLooks = 2_000;

export function addExplain(program: Command): void {
  const explain = program
    .command('explain <eventId>')
    .description(
      'Where is it now? Follows an event from the outbox through the stream to each consumer and each subscription of a partner, with attempts, what it came from and what it caused. `eventId` is the id of the event: `webhook-id` at a partner, `eventId` in logs and dead letters. Exits with 1 when it stands still somewhere or is unknown, with 3 when a service could not be asked.',
    )
    .action(async (eventId: string, _: object, command: Command) => {
      if (!uuid.test(eventId)) throw new Obstacle(`"${eventId}" is no id of an event: it is a UUID.`, 'usage');
      const deployment = Deployment.of(command);
      const found = await explained(deployment, eventId.toLowerCase());
      answer(deployment, found, () => found.sentences.join('\n'));
      if (found.standsStill || found.stored === null) finding();
      if (Object.keys(found.unasked).length > 0) process.exitCode = exitCodes.unreachable;
    });
  examples(
    explain,
    'okienko explain 01998f3e-1111-7222-8333-123456789012',
    'okienko explain 01998f3e-… --json | jq .reads',
  );
}

async function explained(deployment: Deployment, eventId: string): Promise<Explained> {
  const unasked: Partial<Record<Service, string>> = {};
  const askAll = async (query: string): Promise<Map<Service, EventWhereabouts>> => {
    const answers = new Map<Service, EventWhereabouts>();
    await Promise.all(
      services.map(async (service) => {
        try {
          const operator = await deployment.operator(service);
          answers.set(service, await operator.call<EventWhereabouts>('GET', `/operations/events/${eventId}${query}`));
        } catch (error) {
          unasked[service] = reasonOf(error);
        }
      }),
    );
    return answers;
  };
  let answers = await askAll('');
  const [owner, { stored } = { stored: null }] = [...answers].find(([, { stored: row }]) => row !== null) ?? [];
  // Only now the others can be asked how far they are with what it is about.
  if (stored) answers = await askAll(`?aggregateType=${stored.aggregateType}&aggregateId=${stored.aggregateId}`);

  const reads = [...readsOf(deployment.namespace, owner, stored, answers)];
  const dispatches = answers.has('notifications') ? await dispatchesOf(deployment, eventId, unasked) : [];
  const caused = [...answers].flatMap(([service, one]) => one.caused.map((event) => ({ service, ...event })));
  const streamSequence = stored?.place ? await sequenceIn(deployment, stored.place, stored, eventId) : null;
  const known = { eventId, owner: owner ?? null, stored, streamSequence, reads, caused, dispatches, unasked };
  const standsStill =
    stored?.state === 'PARKED' ||
    reads.some(({ state }) => state === 'PARKED' || state === 'FAILING') ||
    dispatches.some(({ state, brokenSince }) => state === 'PARKED' || (state === 'PENDING' && brokenSince !== null));
  return { ...known, standsStill, sentences: [...sentences(known)] };
}

async function dispatchesOf(
  deployment: Deployment,
  eventId: string,
  unasked: Partial<Record<Service, string>>,
): Promise<Dispatch[]> {
  try {
    const operator = await deployment.operator('notifications');
    return await operator.call<Dispatch[]>('GET', `/operations/events/${eventId}/dispatches`);
  } catch (error) {
    unasked.notifications = reasonOf(error);
    return [];
  }
}

const isSealed = (name: string): boolean => events.some((one) => one.$id === name && 'x-sealed' in one);

/** Every consumer that gets it by the topology, and whoever has had it for another reason. */
function* readsOf(
  namespace: string,
  owner: Service | undefined,
  stored: EventStored | null,
  answers: ReadonlyMap<Service, EventWhereabouts>,
): Generator<Reading> {
  const source = stored && (isSealed(stored.name) ? 'sealed' : owner);
  for (const { service, durable } of topology(namespace).consumers) {
    const gets = source !== null && durable === `${service}-reads-${source}`;
    const read = answers.get(service)?.read.find(({ consumer }) => consumer === durable);
    const had = read && (read.takenAt !== null || read.deadLetter !== null || read.attempts > 0);
    if (!gets && !had) continue;
    if (!read) {
      const nothing = { consumer: durable, takenAt: null, attempts: 0, waits: 0, handledUpTo: null, deadLetter: null };
      yield { service, ...nothing, state: 'UNKNOWN' };
      continue;
    }
    const { listens, ...rest } = read;
    yield { service, ...rest, state: stateOf(read, listens, stored) };
  }
}

function stateOf(
  { deadLetter, takenAt, attempts, waits, handledUpTo }: EventRead,
  listens: boolean | null,
  stored: EventStored | null,
): Reading['state'] {
  if (deadLetter?.status === 'PARKED') return 'PARKED';
  if (deadLetter?.status === 'DISCARDED') return 'DISCARDED';
  if (takenAt !== null || deadLetter?.status === 'RETRIED') return 'HANDLED';
  if (listens === false) return 'PASSED_OVER';
  if (stored && handledUpTo !== null && handledUpTo >= stored.sequence) return 'HANDLED';
  if (attempts > 0) return 'FAILING';
  return waits > 0 || (stored && handledUpTo !== null && handledUpTo < stored.sequence - 1) ? 'WAITING' : 'NOT_TAKEN';
}

/** Where exactly it lies: the relay notes places of batches, so the broker is asked message by message between two of them. */
async function sequenceIn(
  { broker: url, namespace }: Deployment,
  { stream, after, upTo }: Place,
  { name }: EventStored,
  eventId: string,
): Promise<number | null> {
  if (!url) return null;
  let broker: Broker | undefined;
  try {
    broker = await openBroker(url, 'explain');
    const next_by_subj = `${namespace}.${isSealed(name) ? 'sealed.' : ''}${name}`;
    let seq = Number(after) + 1;
    for (let looks = 0; looks < mostLooks && seq <= Number(upTo); looks += 1) {
      const message = await broker.manager.direct.getMessage(stream, { seq, next_by_subj });
      if (!message || message.seq > Number(upTo)) return null;
      if (message.header.get('Nats-Msg-Id') === eventId) return message.seq;
      seq = message.seq + 1;
    }
  } catch {
    // The broker may forget after two weeks, and may be away; the range is told instead.
  } finally {
    await broker?.connection.close();
  }
  return null;
}

function* sentences({
  eventId,
  owner,
  stored,
  streamSequence,
  reads,
  caused,
  dispatches,
  unasked,
}: Omit<Explained, 'sentences' | 'standsStill'>): Generator<string> {
  for (const [service, why] of Object.entries(unasked)) yield `? ${service} could not be asked: ${why}`;
  if (!stored || !owner) {
    yield Object.keys(unasked).length > 0
      ? `No service that answered has said ${eventId}.`
      : `No service has said ${eventId}. An id that is right is older than the archive of the outbox, or of another deployment.`;
  } else {
    yield `${eventId} is ${stored.name}, event ${stored.sequence} of the ${stored.aggregateType} ${stored.aggregateId}.`;
    yield `✓ ${owner} stored it at ${at(stored.storedAt)} as no. ${stored.seq} of its outbox, together with the act that it tells of.`;
    yield published(
      stored,
      streamSequence,
      reads.some(({ takenAt }) => takenAt !== null),
    );
    if (stored.causationId) yield `  It followed from another event: okienko explain ${stored.causationId}`;
    if (stored.correlationId)
      yield `  The logs of everything that belongs to it have the correlation id ${stored.correlationId}${stored.traceparent ? `, and the trace ${stored.traceparent.split('-')[1]}` : ''}.`;
  }
  for (const read of reads) yield readSentence(read, stored);
  for (const { service, id, name, storedAt } of caused)
    yield `  Because of it ${service} said ${name} at ${at(storedAt)}: okienko explain ${id}`;
  if (stored && dispatches.length === 0 && !unasked.notifications && isTaken(reads, 'notifications'))
    yield '  It was numbered for no subscription of a partner.';
  for (const dispatch of dispatches) yield dispatchSentence(dispatch);
}

const isTaken = (reads: readonly Reading[], service: Service): boolean =>
  reads.some((read) => read.service === service && read.state === 'HANDLED');

const at = (instant: Date | string): string => new Date(instant).toISOString();

function published(
  { state, parkedBecause, place, storedAt }: EventStored,
  sequence: number | null,
  wasRead: boolean,
): string {
  if (state === 'PARKED')
    return `✗ It can never be published (${parkedBecause}); what comes after it about the same waits with it.`;
  if (place)
    return sequence !== null
      ? `✓ It lies in the stream ${place.stream} at ${sequence}.`
      : `✓ It is published, in the stream ${place.stream} between ${Number(place.after) + 1} and ${place.upTo}.`;
  if (state === 'PUBLISHED' || wasRead) return '✓ It is published.';
  const waits = (Date.now() - new Date(storedAt).getTime()) / 1000;
  return `… It waits for the broker, since ${lasting(waits)}; a second or two are usual, after more look at: okienko status`;
}

function readSentence(
  { service, state, takenAt, attempts, handledUpTo, deadLetter }: Reading,
  stored: EventStored | null,
): string {
  const after =
    stored && takenAt
      ? ` ${lasting((new Date(takenAt).getTime() - new Date(stored.storedAt).getTime()) / 1000)} after that`
      : '';
  switch (state) {
    case 'HANDLED':
      return deadLetter
        ? `✓ ${service} had parked it (${deadLetter.reason}) and has handled it since, at ${at(deadLetter.resolvedAt ?? deadLetter.parkedAt)}.`
        : takenAt
          ? `✓ ${service} handled it at ${at(takenAt)},${after || ' as its inbox says'}.`
          : `✓ ${service} has handled event ${handledUpTo} of it, and so this one; its inbox keeps no more than 30 days.`;
    case 'PASSED_OVER':
      return `– ${service} passes over it: nothing there listens to events of that kind.`;
    case 'PARKED':
      return deadLetter?.reason === 'BEHIND_PARKED'
        ? `✗ ${service} holds it back behind an earlier event that stands parked: okienko dead-letters show ${service} ${deadLetter.id}`
        : `✗ ${service} could not handle it (${deadLetter?.reason}, ${timesTried(deadLetter?.attempts ?? 0)}) and parked it at ${at(deadLetter?.parkedAt ?? '')}, with what comes after it: okienko dead-letters show ${service} ${deadLetter?.id}`;
    case 'DISCARDED':
      return `– ${service} went past it without its effect, as somebody decided at ${at(deadLetter?.resolvedAt ?? '')}: okienko dead-letters show ${service} ${deadLetter?.id}`;
    case 'FAILING':
      return `✗ ${service} has failed with it ${attempts} times and goes on trying; after 8 times it is parked.`;
    case 'WAITING':
      return `… ${service} waits for what comes before it${handledUpTo === null ? '' : `: it has handled ${handledUpTo} of ${stored?.sequence ?? '?'}`}.`;
    case 'NOT_TAKEN':
      return `… ${service} has not taken it yet.`;
    case 'UNKNOWN':
      return `? ${service} should have it, and could not be asked.`;
  }
}

const timesTried = (attempts: number): string => `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`;

function dispatchSentence(one: Dispatch): string {
  const { partnerId, subscriptionId, sequence, state, way, attempts, lastStatus, lastErrorCode } = one;
  const who = `${partnerId} (subscription ${subscriptionId}, no. ${sequence})`;
  const answered = lastStatus ?? lastErrorCode;
  const tried = `${timesTried(attempts)}${answered === null ? '' : `, the last one answered ${answered}`}`;
  const has = one.acknowledged ? ', and has said that it has everything up to there' : '';
  if (way === 'PULLED') return `✓ For ${who} it lies ready to be pulled${has}.`;
  switch (state) {
    case 'DELIVERED':
      return `✓ ${who} took it at ${at(one.finishedAt ?? '')} (${tried})${has}.`;
    case 'WITHHELD':
      return `– ${who} does not get it: the grant was gone when its turn came.`;
    case 'PARKED':
      return `✗ For ${who} it was given up at ${at(one.finishedAt ?? '')} (${tried}); it can be pulled, or sent again: POST /subscriptions/${subscriptionId}/redelivery`;
    case 'PENDING':
      return one.pausedAt
        ? `… For ${who} it waits: the partner has paused the subscription since ${at(one.pausedAt)}.`
        : one.brokenSince
          ? `✗ For ${who} it waits: the sink has not answered since ${at(one.brokenSince)} (${tried}); probes go on, and it is sent when the sink is back.`
          : `… For ${who} it waits to be posted (${tried})${one.nextAttemptAt && attempts > 0 ? `; the next attempt is due at ${at(one.nextAttemptAt)}` : ''}.`;
  }
}
