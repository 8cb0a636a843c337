import { setTimeout as pause } from 'node:timers/promises';
import { aggregateOf, type Service, services } from '@okienko/contracts/event';
import { events } from '@okienko/contracts/events';
import type { Pool } from 'pg';
import { type Finding, type Placed } from '../checker/finding';
import { judgePublication, type Recorded } from '../checker/publication';
import { digestInSql, readStreams } from '../checker/read-streams';
import { judgeReception, type Received } from '../checker/reception';
import { judgeState, type State } from '../checker/state';
import { type Faults, streams } from './faults';
import { rules } from './rules';
import { namespace, type System } from './system';
import type { Subscription } from './world';

/** Which aggregates each consumer listens to, told anew here and not taken from the services. */
export const listeners: readonly {
  readonly service: Service;
  readonly source: string;
  readonly aggregates: readonly string[];
}[] = [
  { service: 'catalogue', source: 'providers', aggregates: ['capacity'] },
  { service: 'cases', source: 'catalogue', aggregates: ['programme', 'service-offer'] },
  { service: 'cases', source: 'providers', aggregates: ['capacity', 'service-order', 'delivery'] },
  { service: 'providers', source: 'catalogue', aggregates: ['service-offer'] },
  { service: 'providers', source: 'cases', aggregates: ['allocation'] },
  { service: 'notifications', source: 'sealed', aggregates: ['person-contact'] },
  ...(['catalogue', 'cases', 'providers'] as const).map((source) => ({
    service: 'notifications' as const,
    source,
    aggregates: [...new Set(partnerNames(source).map(aggregateOf))],
  })),
];

function partnerNames(source: string): string[] {
  return events
    .filter((contract) => contract['x-audience'] === 'partner')
    .map(({ $id }) => $id)
    .filter((name) => name.startsWith(`${source}.`));
}

interface Row extends Recorded {
  readonly service: Service;
}

const rowsOf = async <T>(admin: Pool, text: string, values: unknown[] = []): Promise<T[]> =>
  (await admin.query(text, values)).rows as T[];

const key = `aggregate_type || ' ' || aggregate_id`;

export const readOutboxes = async (admin: Pool): Promise<Row[]> =>
  (
    await Promise.all(
      services.map((service) =>
        rowsOf<Row>(
          admin,
          `select '${service}' as service, id::text, ${key} as aggregate, sequence, subject, ${digestInSql('event')} as digest from ${service}.outbox order by seq`,
        ),
      ),
    )
  ).flat();

export const committedSoFar = async (admin: Pool): Promise<number> => {
  const [row] = await rowsOf<{ count: number }>(
    admin,
    `select (${services.map((service) => `(select coalesce(max(seq), 0) from ${service}.outbox)`).join(' + ')})::int as count`,
  );
  return row?.count ?? 0;
};

const sourceOf = ({ subject }: Row): string => subject.split('.')[0] ?? '';

/**
 * Events that some consumer has neither handled nor parked, and dispatches that are under way. Looks only from the place in each outbox up
 * to which all was done last time: counting the whole of it over and over would cost the services what they need for draining.
 */
async function open(admin: Pool, doneBefore: Map<string, string>): Promise<Map<string, number>> {
  const left = new Map<string, number>();
  for (const { service, source, aggregates } of listeners) {
    const consumer = `${service}-reads-${source}`;
    const [row] = await rowsOf<{ count: number; first: string }>(
      admin,
      `select count(*)::int as count, coalesce(min(seq), (select coalesce(max(seq), 0) from ${source === 'sealed' ? 'cases' : source}.outbox))::text as first
       from ${source === 'sealed' ? 'cases' : source}.outbox o
       where o.seq >= $1 and o.aggregate_type = any($2)
         and not exists (select from ${service}.inbox i where i.consumer = $3 and i.event_id = o.id)`,
      [doneBefore.get(consumer) ?? '0', aggregates, consumer],
    );
    if (row && row.count > 0) left.set(consumer, row.count);
    doneBefore.set(consumer, row?.first ?? '0');
  }
  const [row] = await rowsOf<{ count: number }>(
    admin,
    `select count(*)::int as count from notifications.dispatch where state = 'PENDING'`,
  );
  if (row && row.count > 0) left.set('webhooks', row.count);
  return left;
}

/** Waits until all is quiet, or nothing has moved for a minute; says how many seconds it took. */
export async function drained(
  { admin }: Pick<System, 'admin'>,
  say: (line: string) => void,
  patience = 60_000,
): Promise<number> {
  const began = Date.now();
  let best = Infinity;
  let since = began;
  let told = began;
  const doneBefore = new Map<string, string>();
  for (;;) {
    const parts = await open(admin, doneBefore).catch(() => new Map([['no answer', Infinity]]));
    const left = [...parts.values()].reduce((sum, count) => sum + count, 0);
    if (left === 0) return (Date.now() - began) / 1000;
    if (left < best) since = Date.now();
    best = Math.min(best, left);
    if (Date.now() - since > patience) return (Date.now() - began) / 1000;
    if (Date.now() - told > 5000) {
      say(`  still under way: ${left} (${[...parts].map(([what, count]) => `${what} ${count}`).join(', ')})`);
      told = Date.now();
    }
    await pause(500);
  }
}

export interface Report {
  readonly committed: number;
  readonly copies: number;
  readonly findings: readonly Finding[];
  readonly deadLetters: number;
  readonly poison: number;
}

/** Compares everything with everything over connections of its own: outboxes, streams, inboxes, positions, effects, partners. */
export async function inspectSystem(
  system: Pick<System, 'admin' | 'broker'>,
  faults: Pick<Faults, 'poisoned'>,
  asked: readonly Subscription[],
  received: readonly (readonly Received[])[],
): Promise<Report> {
  const { admin, broker } = system;
  const committed = await readOutboxes(admin);
  const streamed = await readStreams(broker.connection, streams, namespace);
  const foreign = new Set(faults.poisoned.flatMap(({ eventId }) => eventId ?? []));
  const { findings, copies } = judgePublication(committed, streamed.events, foreign);
  for (const service of services) findings.push(...(await judgeStates(admin, service, committed)));
  for (const listener of listeners) findings.push(...(await judgeInbox(admin, listener, committed, foreign)));
  for (const { name, kind, sql } of rules)
    for (const row of await rowsOf<object>(admin, sql))
      findings.push({ kind, what: `${name}: ${Object.values(row).join(' ')}` });
  asked.forEach(({ name, types }, index) => {
    const entitled = committed.filter(({ subject }) => mayHave(types, subject));
    findings.push(...judgeReception(name, entitled, received[index] ?? []));
  });
  findings.push(...(await judgeFeed(admin, committed)));
  const letters = await judgeLetters(admin, foreign);
  return {
    committed: committed.length,
    copies,
    findings: [...findings, ...letters.findings],
    deadLetters: letters.count,
    poison: streamed.strange.length + streamed.events.filter(({ id }) => foreign.has(id)).length,
  };
}

export const partnerEvents = new Set(['catalogue', 'cases', 'providers'].flatMap(partnerNames));
export const mayHave = (types: readonly string[], name: string): boolean =>
  partnerEvents.has(name) && types.some((type) => name.startsWith(type));

/** Every table of the service whose rows carry a version is a table of aggregates. */
export const aggregateTables = async (admin: Pool, service: Service): Promise<{ name: string; type: string }[]> =>
  (
    await rowsOf<{ name: string }>(
      admin,
      `select table_name as name from information_schema.columns where table_schema = $1 and column_name = 'version'`,
      [service],
    )
  ).map(({ name }) => ({
    name,
    type: { individual_plan: 'plan', partner_grant: 'grant' }[name] ?? name.replaceAll('_', '-'),
  }));

async function judgeStates(admin: Pool, service: Service, committed: readonly Row[]): Promise<Finding[]> {
  const types = new Set(
    committed.filter((row) => row.service === service).map(({ aggregate }) => aggregate.split(' ')[0] ?? ''),
  );
  const states: State[] = [];
  for (const { name, type } of await aggregateTables(admin, service))
    if (types.has(type))
      states.push(
        ...(await rowsOf<State>(admin, `select '${type} ' || id as aggregate, version from ${service}.${name}`)),
      );
  return judgeState(
    states,
    committed.filter((row) => row.service === service),
  );
}

async function judgeInbox(
  admin: Pool,
  { service, source, aggregates }: (typeof listeners)[number],
  committed: readonly Row[],
  foreign: ReadonlySet<string>,
): Promise<Finding[]> {
  const consumer = `${service}-reads-${source}`;
  const findings: Finding[] = [];
  const expected = committed.filter(
    (row) => sourceOf(row) === source && aggregates.includes(row.aggregate.split(' ')[0] ?? ''),
  );
  const inbox = await rowsOf<{ id: string }>(
    admin,
    `select event_id::text as id from ${service}.inbox where consumer = $1`,
    [consumer],
  );
  const noted = new Set(inbox.map(({ id }) => id));
  const known = new Set(committed.map(({ id }) => id));
  for (const { id, aggregate, sequence } of expected)
    if (!noted.has(id))
      findings.push({ kind: 'lost', what: `${consumer}: ${aggregate} ${sequence} was never handled` });
  for (const id of noted)
    if (!known.has(id) && !foreign.has(id))
      findings.push({ kind: 'unaccounted', what: `${consumer}: handled ${id}, which nobody committed` });
  const last = new Map<string, number>();
  for (const { aggregate, sequence } of expected) last.set(aggregate, Math.max(sequence, last.get(aggregate) ?? 0));
  const positions = await rowsOf<{ aggregate: string; sequence: number; parked: boolean }>(
    admin,
    `select ${key} as aggregate, sequence, parked from ${service}.inbox_position where consumer = $1`,
    [consumer],
  );
  for (const { aggregate, sequence, parked } of positions) {
    const end = last.get(aggregate);
    if (end === undefined) continue;
    if (parked) findings.push({ kind: 'lost', what: `${consumer}: ${aggregate} is parked at ${sequence}` });
    else if (sequence !== end)
      findings.push({ kind: 'outOfOrder', what: `${consumer}: ${aggregate} stands at ${sequence} of ${end}` });
  }
  return findings;
}

/** The feed has every event for partners, byte for byte, once. */
async function judgeFeed(admin: Pool, committed: readonly Row[]): Promise<Finding[]> {
  const feed = await rowsOf<Placed & { digest: string }>(
    admin,
    `select id::text, ${digestInSql('body')} as digest from notifications.feed_event`,
  );
  const had = new Map(feed.map(({ id, digest }) => [id, digest]));
  return committed
    .filter(({ subject }) => partnerEvents.has(subject))
    .flatMap(({ id, digest, aggregate, sequence }): Finding[] => {
      if (!had.has(id)) return [{ kind: 'lost', what: `feed: ${aggregate} ${sequence} is missing` }];
      return had.get(id) === digest ? [] : [{ kind: 'altered', what: `feed: ${aggregate} ${sequence} differs` }];
    });
}

/** Dead letters are for poison alone. */
async function judgeLetters(
  admin: Pool,
  foreign: ReadonlySet<string>,
): Promise<{ count: number; findings: Finding[] }> {
  const findings: Finding[] = [];
  let count = 0;
  for (const service of services) {
    const letters = await rowsOf<{ id: string | null; consumer: string; name: string; reason: string; error: string }>(
      admin,
      `select event_id::text as id, consumer, event_name as name, reason, error from ${service}.dead_letter`,
    );
    count += letters.length;
    for (const { id, consumer, name, reason, error } of letters)
      if (reason !== 'UNREADABLE' && !foreign.has(id ?? ''))
        findings.push({ kind: 'lost', what: `${consumer}: ${name} is parked as ${reason}: ${error}` });
  }
  return { count, findings };
}
