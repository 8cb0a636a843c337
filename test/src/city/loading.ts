import { setTimeout as pause } from 'node:timers/promises';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Closing } from '@okienko/local/closing';
import { Obstacle } from '@okienko/local/obstacle';
import type { RunningSystem } from '@okienko/local/running-system';
import { confidentialFile } from '@okienko/local/secrets';
import { KeyRing } from '@okienko/privacy/key-ring';
import { Chance } from '../chance';
import { countOf, kinds as kindsOfFinding } from '../chaos/checker/finding';
import { aggregateTables, inspectSystem, listeners, partnerEvents } from '../chaos/system/inspect-system';
import { Behind, placesOf } from './behind';
import { store, storeEvents, type Way } from './bulk';
import { type Cast, Caster } from './casting';
import { type CityPlan, digestOf, planCity } from './generator';
import { register } from './matter';
import { type Listed, officeOf, staff } from './office';
import { liveMoulds, mouldFor, type Moulds } from './moulds';
import { openWorld, type World } from './world';

/** What is known of a city that has been loaded. */
export interface LoadedCity {
  readonly residents: number;
  readonly seed: number;
  readonly digest: string;
  readonly world: World;
}

export const cityFile = (home: string): ReturnType<typeof confidentialFile<LoadedCity>> =>
  confidentialFile<LoadedCity>(home, 'city');

export interface Loaded extends LoadedCity {
  readonly figures: Readonly<Record<string, number | string | boolean>>;
  readonly faults: readonly string[];
}

/** Residents of the journeys that were played before do no harm. */
const strangers = 20;
const batch = 400;
const atOnce = 8;
const readBack = 10;

export async function loadCity(
  system: RunningSystem,
  { residents, seed, years, way }: { residents: number; seed: number; years: number; way: Way },
  closing: Closing,
  say: (line: string) => void,
): Promise<Loaded> {
  const began = Date.now();
  const seconds = (since = began): number => (Date.now() - since) / 1000;
  const today = dayOf(new Date());
  const behind = await Behind.open(placesOf(system.home), closing);
  if ((await behind.count('select count(*) from cases.person')) > strangers)
    throw new Obstacle('Somebody lives here already: a city is loaded into an empty centre. npm run reset empties it.');
  const plan = planCity(residents, seed, years, today);
  const digest = digestOf(plan);
  say(
    `${plan.residents} residents in ${plan.households} households; ${plan.applicants.length} of them apply, ${plan.matters.length} matters in ${years} years. Digest ${digest.slice(0, 16)}.`,
  );

  say('▸ each kind of matter is lived once, in four services whose clock is turned');
  const place = new Closing();
  const moulds = await liveMoulds(place, say).finally(() => place.end());

  say('▸ the programme of the city, its offers, its contractors');
  const office = officeOf(system.api, () => today);
  const id = (key: string): string => {
    const found = system.seeded[key];
    if (found === undefined) throw new Obstacle(`The seed has no ${key}: npm run reset, and start again.`);
    return found;
  };
  const world = await openWorld(
    office,
    plan.matters.length + 100_000,
    [
      { id: id('prov-03'), account: 'provider-ecus' },
      { id: id('prov-02'), account: 'provider-elblog' },
    ],
    id(`authorisation ${staff.director}`),
  );

  say('▸ residents are registered at the desk');
  const registering = Date.now();
  const told = progress(say);
  const persons: string[] = [];
  await inTurns(plan.applicants, async (resident, index) => {
    persons[index] = await register(office, resident);
    told(() => `  ${index} of ${plan.applicants.length}`);
  });
  const personsPerSecond = plan.applicants.length / seconds(registering);

  say(`▸ their history is cast, and goes ${way === 'streams' ? 'over the streams' : 'into the archive of events'}`);
  const casting = Date.now();
  const sent = await castAll(behind, system.home, plan, moulds, world, persons, today, seed, way, say);
  const stored = seconds(casting);
  for (let left = await behind.waiting(); left > 0; left = await behind.waiting()) {
    told(() => `  ${sent} events are stored; ${left} times one of them waits for a stream or a consumer`);
    await pause(100);
  }
  const castSeconds = seconds(casting);

  say('▸ do all four services agree?');
  const faults = [
    ...(await agreement(behind, plan, persons, world)),
    ...(await readSome(system, plan, persons, new Chance(seed))),
  ];
  if (way === 'archive') faults.push(...(await archiveAgrees(behind)));
  const findings = way === 'archive' ? [] : (await inspectSystem(behind, { poisoned: [] }, [], [])).findings;
  for (const kind of kindsOfFinding)
    if (countOf(findings, kind) > 0)
      faults.push(`${countOf(findings, kind)} ${kind}, such as: ${findings.find((one) => one.kind === kind)?.what}`);
  cityFile(system.home).write({ residents, seed, digest, world });
  return {
    residents,
    seed,
    digest,
    world,
    faults,
    figures: {
      residents,
      applicants: plan.applicants.length,
      matters: plan.matters.length,
      events: sent,
      seconds: round(seconds()),
      castSeconds: round(castSeconds),
      eventsPerSecond: Math.round(sent / castSeconds),
      storedPerSecond: Math.round(sent / stored),
      personsPerSecond: Math.round(personsPerSecond),
      ...(way === 'archive' ? {} : { findings: findings.length }),
      way,
    },
  };
}

const round = (value: number): number => Number(value.toFixed(1));

/** Says something every two seconds. */
function progress(say: (line: string) => void): (line: () => string) => void {
  let last = Date.now();
  return (line) => {
    if (Date.now() - last < 2000) return;
    last = Date.now();
    say(line());
  };
}

async function inTurns<T>(list: readonly T[], act: (one: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < list.length) {
      const index = next;
      next += 1;
      await act(list[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function castAll(
  behind: Behind,
  home: string,
  plan: CityPlan,
  { of, world: lived, reserved }: Moulds,
  world: World,
  persons: readonly string[],
  today: Day,
  seed: number,
  way: Way,
  say: (line: string) => void,
): Promise<number> {
  const masterKey = confidentialFile<Record<string, string>>(home, 'service-keys').read()?.['cases master'];
  if (masterKey === undefined) throw new Obstacle(`${home} does not hold the keys of the services.`);
  const keys = await keysOf(behind, KeyRing.fromEnvironmentValues(masterKey));
  const chance = new Chance(seed);
  const notices = new Map<string, number>();
  const noticeOf = (unit: string, year: string): number => {
    const next = (notices.get(`${unit} ${year}`) ?? firstNotice) + 1;
    notices.set(`${unit} ${year}`, next);
    return next;
  };
  const shared = sameIn(lived, world);
  const casters = new Map([...of].map(([name, mould]) => [name, new Caster(mould, shared, chance, noticeOf)] as const));
  const told = progress(say);
  const began = Date.now();
  let sent = 0;
  let storing: Promise<void> = Promise.resolve();
  for (let from = 0; from < plan.matters.length; from += batch) {
    const casts: Cast[] = plan.matters.slice(from, from + batch).map((matter) => {
      const weeksAgo = Math.floor((Date.parse(today) - Date.parse(matter.filedOn)) / (7 * 86_400_000));
      const caster = casters.get(mouldFor(matter, weeksAgo));
      const personId = persons[matter.resident];
      const key = personId === undefined ? undefined : keys.get(personId);
      if (!caster || personId === undefined || !key) throw new Error(`No mould: ${JSON.stringify(matter)}`);
      return caster.cast({ personId, key, filedOn: matter.filedOn });
    });
    // While one batch is stored, the next is cast.
    await storing;
    storing = store(behind.admin, casts, way);
    storing.catch(() => undefined);
    sent += casts.reduce((sum, { events }) => sum + events.length, 0);
    told(
      () =>
        `  ${from + casts.length} of ${plan.matters.length} matters, ${sent} events, ${Math.round(sent / ((Date.now() - began) / 1000))}/s stored`,
    );
  }
  await storing;
  return sent + (await settleCounts(behind, world, reserved, notices));
}

// Notices of journeys that were played before keep their numbers.
const firstNotice = 1000;

async function keysOf(behind: Behind, ring: KeyRing): Promise<Map<string, Buffer>> {
  const stored = await behind.rows<{ id: string; wrapped: Buffer; version: number }>(
    'select person_id as id, wrapped, master_version as version from cases.person_key where wrapped is not null',
  );
  return new Map(stored.map(({ id, wrapped, version }) => [id, ring.unwrap(wrapped, version)]));
}

/** What the moulds' world and the city's have in common, by the ids of the one in the words of the other. */
function sameIn(lived: World, world: World): Map<string, string> {
  const same = new Map([
    [lived.programmeId, world.programmeId],
    [lived.authorisationId, world.authorisationId],
  ]);
  for (const [code, { offerId }] of Object.entries(lived.offers)) {
    const there = world.offers[code as keyof World['offers']].offerId;
    same.set(offerId, there);
    lived.contractors.forEach(({ id }, index) => {
      const contractor = world.contractors[index as 0 | 1].id;
      same.set(id, contractor);
      const [mine, its] = [lived.capacities[`${id} ${offerId}`], world.capacities[`${contractor} ${there}`]];
      if (mine !== undefined && its !== undefined) same.set(mine, its);
    });
  }
  return same;
}

/** What is counted over all matters: places taken of the programme, numbers of notices, and places reserved, of which the copies hear by events. */
async function settleCounts(
  { admin }: Behind,
  world: World,
  reserved: Moulds['reserved'],
  notices: ReadonlyMap<string, number>,
): Promise<number> {
  const client = await admin.connect();
  let sent = 0;
  try {
    await client.query('begin');
    await client.query(
      `update cases.programme_service s set taken = (select count(*) from cases.service_place p
         where p.programme_id = s.programme_id and p.service_code = s.service_code and p.released_at is null) where programme_id = $1`,
      [world.programmeId],
    );
    for (const [key, last] of notices) {
      const [unit, year] = key.split(' ');
      await client.query(
        `insert into cases.notice_register (unit, year, last) values ($1, $2, $3)
         on conflict (unit, year) do update set last = greatest(notice_register.last, excluded.last)`,
        [unit, Number(year), last],
      );
    }
    for (const id of Object.values(world.capacities)) {
      const { rows } = await client.query<{
        version: number;
        free: number;
        places: number;
        provider_id: string;
        offer_id: string;
      }>('select version, free, places, provider_id, offer_id from providers.capacity where id = $1 for update', [id]);
      const held = await client.query<{ order_id: string; last_day: Day }>(
        'select order_id, last_day::text from providers.capacity_reservation where capacity_id = $1',
        [id],
      );
      const [capacity] = rows;
      if (!capacity || held.rows.length === 0) continue;
      const events = held.rows.map(({ order_id: orderId, last_day: until }, index) => {
        const event = JSON.parse(reserved.event) as Record<string, unknown>;
        const sequence = capacity.version + index + 1;
        const own = crypto.randomUUID();
        const data = {
          providerId: capacity.provider_id,
          offerId: capacity.offer_id,
          places: capacity.places,
          free: capacity.free - index - 1,
          orderId,
          until,
        };
        Object.assign(event, { id: own, subject: id, partitionkey: id, time: new Date().toISOString(), data });
        event['sequence'] = String(sequence).padStart(10, '0');
        return { ...reserved, id: own, aggregate_id: id, sequence, event: JSON.stringify(event) };
      });
      await client.query('update providers.capacity set free = free - $2, version = version + $2 where id = $1', [
        id,
        events.length,
      ]);
      await storeEvents(client, 'providers', events, false);
      sent += events.length;
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
  return sent;
}

/** Counts of the same things in each service that has them. */
async function agreement(
  behind: Behind,
  plan: CityPlan,
  persons: readonly string[],
  { programmeId, offers }: World,
): Promise<string[]> {
  const faults: string[] = [];
  const ids = Object.values(offers).map(({ offerId }) => offerId);
  const same = async (what: string, expected: number, text: string, values: unknown[]): Promise<void> => {
    const found = await behind.count(text, values);
    if (found !== expected) faults.push(`${what}: ${found}, not ${expected}`);
  };
  const places = '$1::uuid[]';
  await same(
    'applications in cases',
    plan.matters.length,
    `select count(*) from cases.application where items -> 0 ->> 'programmeId' = $1`,
    [programmeId],
  );
  await same(
    'applications in catalogue',
    plan.matters.length,
    `select count(*) from catalogue.application_item_copy where offer_id = any (${places})`,
    [ids],
  );
  const allocations = await behind.count(`select count(*) from cases.allocation where offer_id = any (${places})`, [
    ids,
  ]);
  await same(
    'allocations in catalogue',
    allocations,
    `select count(*) from catalogue.allocation_copy where offer_id = any (${places})`,
    [ids],
  );
  await same(
    'allocations with an order in providers',
    allocations,
    `select count(distinct allocation_id) from providers.service_order where offer_id = any (${places})`,
    [ids],
  );
  const deliveries = await behind.count(
    `select count(*) from providers.delivery d join providers.service_order o on o.id = d.order_id where o.offer_id = any (${places})`,
    [ids],
  );
  await same(
    'deliveries in catalogue',
    deliveries,
    `select count(*) from catalogue.delivery_copy where allocation_id in (select id from cases.allocation where offer_id = any (${places}))`,
    [ids],
  );
  await same(
    'persons who can be reached, in notifications',
    plan.applicants.length,
    `select count(*) from notifications.recipient where person_id = any ($1::uuid[])`,
    [persons],
  );
  return faults;
}

/**
 * What the checker asks of outboxes, streams and inboxes, asked in the database of a history that is too long to be read: no event of an
 * aggregate is missing or there twice, each row stands where its last event left it, whoever listens has come as far, and partners find the
 * same bytes in their feed.
 */
async function archiveAgrees(behind: Behind): Promise<string[]> {
  const faults: string[] = [];
  const none = async (what: string, text: string, values: unknown[] = []): Promise<void> => {
    const found = await behind.count(text, values);
    if (found > 0) faults.push(`${found} ${what}`);
  };
  for (const service of ['cases', 'providers'] as const) {
    const last = `(select aggregate_type as type, aggregate_id as id, max(sequence) as last, count(*) as count, count(distinct sequence) as different
      from ${service}.outbox_archive group by 1, 2)`;
    await none(
      `aggregates of ${service} have events too many or too few`,
      `select count(*) from ${last} a where last <> count or last <> different`,
    );
    const said = await behind.rows<{ type: string }>(
      `select distinct aggregate_type as type from ${service}.outbox_archive`,
    );
    for (const { name: table, type } of await aggregateTables(behind.admin, service))
      if (said.some((one) => one.type === type))
        await none(
          `rows of ${service}.${table} are not where their events left them`,
          `select count(*) from ${last} a left join ${service}.${table} t using (id) where a.type = '${type}' and t.version is distinct from a.last`,
        );
    for (const { service: reader, source, aggregates } of listeners)
      if (source === service && reader !== 'catalogue')
        await none(
          `aggregates of ${service} are elsewhere in ${reader}`,
          `select count(*) from ${last} a left join ${reader}.inbox_position p
             on p.consumer = '${reader}-reads-${service}' and p.aggregate_type = a.type and p.aggregate_id = a.id
           where a.type = any ($1) and p.sequence is distinct from a.last`,
          [aggregates],
        );
    await none(
      `events of ${service} are later than today`,
      `select count(*) from ${service}.outbox_archive where created_at > now() + interval '1 day'`,
    );
    await none(
      `events of ${service} are not in the feed as they were said`,
      `select count(*) from ${service}.outbox_archive o left join notifications.feed_event f using (id) where o.subject = any ($1) and f.body is distinct from o.event`,
      [[...partnerEvents]],
    );
  }
  return faults;
}

/** A few residents, drawn: what the services answer about them is what was planned, and nothing is sealed wrongly. */
async function readSome(
  { api }: RunningSystem,
  plan: CityPlan,
  persons: readonly string[],
  chance: Chance,
): Promise<string[]> {
  const faults: string[] = [];
  for (let count = 0; count < readBack; count += 1) {
    const matter = chance.pick(plan.matters);
    const personId = persons[matter.resident] ?? '';
    const resident = plan.applicants[matter.resident];
    const { familyName } = await api.get<{ familyName: string }>(staff.coordinator, 'cases', `/persons/${personId}`);
    if (familyName !== resident?.familyName) faults.push(`${personId} is called otherwise.`);
    const { items } = await api.get<Listed<{ id: string; filedAt: string }>>(
      staff.coordinator,
      'cases',
      `/applications?personId=${personId}`,
    );
    const expected = plan.matters.filter((other) => other.resident === matter.resident).length;
    if (items.length !== expected) faults.push(`${personId} has ${items.length} applications, not ${expected}.`);
    if (!items.some(({ filedAt }) => dayOf(new Date(filedAt)) === matter.filedOn))
      faults.push(`${personId} has no application of ${matter.filedOn}.`);
    const plans = await api.get<Listed<{ id: string }>>(staff.coordinator, 'cases', `/plans?personId=${personId}`);
    for (const { id } of plans.items) await api.get(staff.coordinator, 'cases', `/plans/${id}`);
  }
  return faults;
}
