import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { casesService } from '@okienko/cases/service';
import { catalogueService } from '@okienko/catalogue/service';
import type { ServiceConfig } from '@okienko/chassis/config';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import { addDays, dayOf } from '@okienko/contracts/calendar';
import { programmeEnteredIntoForceV1 } from '@okienko/contracts/catalogue/programme-entered-into-force.v1';
import { serviceOfferPublishedV1 } from '@okienko/contracts/catalogue/service-offer-published.v1';
import { capacityOpenedV1 } from '@okienko/contracts/providers/capacity-opened.v1';
import { event } from '@okienko/contracts/event';
import type { Closing } from '@okienko/local/closing';
import { startEngines } from '@okienko/local/engines';
import { temporaryHome } from '@okienko/local/paths';
import { bundleOf } from '@okienko/local/services';
import { providersService } from '@okienko/providers/service';
import { placeForTest } from '@okienko/testing/service-place';
import { environments } from '../../environments';
import { addPartitions } from '../growing';
import { Replica } from '../partners/replica';
import { until } from '../rounds';
import { corpus } from '../search/corpus';
import { published } from '../search/filling';
import { Offers } from '../search/offers';
import { capture, type Captured, type Request } from './captured';
import type { Answered, Asked, Load } from './load';
import { ordersOf } from './orders';
import { copied, Played } from './played';

/** Engines of a benchmark's own. */
export type Engines = Awaited<ReturnType<typeof startEngines>>;

/** One hot route, as asked by somebody who may do and see little. */
export interface Route extends Asked {
  readonly name: string;
  readonly server: Replica;
  /** Whether each path can be asked once only. */
  readonly once?: boolean;
}

export interface World {
  readonly versions: Readonly<Record<string, string>>;
  readonly routes: readonly Route[];
  /** What somebody who answers the same routes without a framework must know. */
  readonly limit: NodeJS.ProcessEnv;
  load(load: Load): Promise<Answered>;
}

export interface Sizes {
  readonly seed: number;
  /** Applications that wait to be qualified, and orders to be accepted; none unless said. */
  readonly waiting?: number;
  readonly offers: number;
  readonly cases: number;
  /** What else a city that has so many leaves behind. */
  readonly history?: boolean;
}

const terc = '2861011';
const unit = 'north';
const otherUnits = 49;
const ownCases = 200;
/** An officer has as many in a large city as in a small one; it has more officers. */
const casesOfOfficer = ownCases / 3;
const desk = { sub: 'desk-anna', roles: ['desk'], unit } as const;
const coordinator = { sub: 'kipus-ewa', roles: ['coordinator'], unit } as const;
/** Qualifies all that has come to a unit of its own. */
const qualifier = { sub: 'kipus-jan', roles: ['coordinator'], unit: 'south' } as const;
const uuidsIn = (path: string): string[] => path.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];

export async function enginesFor(closing: Closing, say: (sentence: string) => void): Promise<Engines> {
  const home = temporaryHome();
  closing.add(() => rmSync(home, { recursive: true, force: true }));
  const engines = await startEngines({
    home,
    ports: 'free',
    syncAlways: false,
    postgresSettings: { max_wal_size: '4GB' },
  });
  closing.add(() => engines.stop());
  const { postgres, nats } = engines;
  say(`  ${postgres.source}, ${postgres.version}; ${nats.source}, ${nats.version}`);
  process.env['TEST_DATABASE_URL'] = postgres.url;
  process.env['TEST_NATS_URL'] = nats.url;
  return engines;
}

/** `catalogue` and `cases` as in production, each with much more than the one who asks may see. */
export async function prepareWorld(
  { seed, offers, cases: many, waiting = 0, history = false }: Sizes,
  { postgres, nats }: Engines,
  closing: Closing,
  say: (sentence: string) => void,
): Promise<World> {
  const own = environments();
  const start = async <C extends ServiceConfig>(definition: ServiceDefinition<C>) => {
    const place = await placeForTest(definition);
    closing.add(() => place.remove());
    const environment: NodeJS.ProcessEnv = {
      ...place.environment,
      ...own[definition.name],
      LOG_LEVEL: 'info',
      PATH: process.env['PATH'],
    };
    const server = await Replica.start(environment, bundleOf(definition.name));
    closing.add(() => server.stop());
    return new Played(place, server, environment);
  };
  const [catalogue, cases] = [await start(catalogueService), await start(casesService)];

  say(`  ${offers.toLocaleString('en')} offers`);
  const generated = new Offers(seed, corpus(say));
  const ids: string[] = [];
  const names: string[] = [];
  for (let done = 0; done < offers; done += 1_000) {
    const part = Array.from({ length: Math.min(1_000, offers - done) }, (_, n) => generated.at(done + n));
    ids.push(...part.slice(0, 200).map(({ id }) => id));
    names.push(...part.slice(0, 20).map(({ content }) => content.name.pl));
    for (const one of published(part)) await catalogue.place.pool.query(one);
  }

  const isCounted = async (): Promise<boolean> =>
    (await catalogue.place.pool.query(`select from search_vocabulary where stem = '' and df = $1`, [offers]))
      .rowCount === 1;
  await until(isCounted, 300_000, 'the count of the vocabulary');

  say(`  ${many.toLocaleString('en')} cases of ${otherUnits + 1} units`);
  const post = cases.post.bind(cases);
  const today = dayOf(new Date());
  const [programmeId, offerId] = [randomUUID(), randomUUID()];
  await cases.tell(
    event(programmeEnteredIntoForceV1, programmeId, {
      programmeVersion: 1,
      terc,
      validFrom: addDays(today, -300),
      validTo: addDays(today, 300),
      services: [{ serviceCode: 'teleopieka', expectedPersons: 1_000_000, queueRule: 'NONE' }],
      dataScope: [],
    }),
  );
  await cases.row('programme', 'id', programmeId);
  await cases.tell(
    event(serviceOfferPublishedV1, offerId, {
      programmeId,
      serviceCode: 'teleopieka',
      legalTrack: 'PUS',
      recipientKind: 'PERSON',
      terc,
      unit: 'HOUR',
      areas: ['wspieranie'],
      name: 'Teleopieka',
    }),
  );
  await cases.row('offer', 'id', offerId);
  const personId = await cases.make('/persons', desk, { givenName: 'Żaneta', familyName: 'Łoś', terc });
  const filing = JSON.stringify({
    personId,
    applicantRole: 'PERSON',
    channel: 'DESK',
    statement: { clauseVersion: '2020-01-01', acknowledged: true },
    items: [{ offerId }],
  });
  const { pool } = cases.place;
  const filed = JSON.parse(await post('/applications', desk, filing)) as { id: string };
  /** An agreed draft of a plan with one service, its words sealed. */
  const draftPlan = async (): Promise<string> => {
    const [capacityId, providerId] = [randomUUID(), randomUUID()];
    const places = { providerId, offerId, places: 3, free: 3, from: today, to: addDays(today, 90) };
    await cases.tell(event(capacityOpenedV1, capacityId, places));
    await cases.row('capacity', 'id', capacityId);
    const { id, items } = JSON.parse(await post('/applications', desk, filing)) as {
      id: string;
      items: { id: string }[];
    };
    const itemId = items[0]?.id;
    const talk = { applicationId: id, scheduledFor: `${today}T09:00:00+02:00`, place: 'CENTRE' };
    const plannedId = await cases.make('/needs-recognitions', coordinator, talk);
    const heard = {
      ...{ voicedNeeds: 'Boję się nocy.', servicesUsed: 'Brak' },
      ...{ groundsAndPossibilities: 'Sąsiadka', feesInformation: 'Bezpłatnie' },
    };
    await post(`/needs-recognitions/${plannedId}/record`, coordinator, JSON.stringify(heard), 1);
    await post(`/applications/${id}/items/${itemId}/qualification`, coordinator, '{}', 1);
    const service = {
      itemId,
      providerId,
      place: 'u pani w domu',
      schedule: 'codziennie 22–6',
      quantity: 30,
      unit: 'HOUR',
    };
    const goals = ['spokojny sen', 'wyjście na spacer'];
    const draft = { applicationId: id, from: today, to: addDays(today, 90), items: [service], goals };
    const planId = await cases.make('/plans', coordinator, draft);
    await post(`/plans/${planId}/agreement`, coordinator, JSON.stringify({ manner: 'SIGNATURE', agreedOn: today }), 1);
    return planId;
  };
  const grow = async (what: string, rows: number, text: string, values: readonly unknown[]): Promise<void> => {
    let told = performance.now();
    for (let from = 1; from <= rows; from += atOnce) {
      await pool.query(text, [from, Math.min(rows, from + atOnce - 1), ...values]);
      if (performance.now() - told < tellEvery) continue;
      say(`    ${from.toLocaleString('en')} of ${rows.toLocaleString('en')} ${what}`);
      told = performance.now();
    }
  };
  await grow('cases', many, multiplied, [filed.id, Math.floor(many / ownCases), unit, otherUnits]);
  const officers = Math.ceil(many / (otherUnits + 1) / casesOfOfficer);
  await pool.query(deadlines, [coordinator.sub, today, unit, officers]);
  if (history) {
    await addPartitions(pool, days);
    await grow('events', many * eventsOfCase, events, [days]);
    await grow('accesses', many * accessesOfCase, accesses, []);
    await grow('keys', many, keys, []);
  }
  const { rows: seen } = await pool.query<{ id: string }>('select id from application where unit = $1 limit 200', [
    unit,
  ]);
  const planId = await draftPlan();
  const { rows: asked } = await pool.query<{ id: string; itemId: string }>(waitingApplications, [
    filed.id,
    waiting,
    qualifier.unit,
  ]);
  const qualifications = asked.map(({ id, itemId }) => `/applications/${id}/items/${itemId}/qualification`);
  for (const { place } of [catalogue, cases]) await place.pool.query('vacuum analyze');
  const captured: Record<string, Captured> = {};
  const record = async (what: string, request: Request, targets?: readonly string[]): Promise<void> => {
    captured[what] = await capture(cases.place.database.migrate, 'cases', request, targets);
  };
  await record('application', () => post('/applications', desk, filing));
  const [opening, first, second] = qualifications.splice(0, 3);
  if (opening !== undefined && first !== undefined && second !== undefined) {
    // Opens the register of the unit's notices.
    await post(opening, qualifier, '{}', 1);
    await record('qualification', (turn) => post(turn === 0 ? first : second, qualifier, '{}', 1), uuidsIn(first));
  }

  const providers = waiting > 0 ? await start(providersService) : undefined;
  const orders = providers && (await ordersOf(providers, waiting));
  Object.assign(captured, orders?.captured);
  for (const [what, { rows, accesses }] of Object.entries(captured)) {
    const tables = rows.map(({ table, key }) => (key ? `${table} (changed)` : table));
    const each = [...new Set(tables)].map((table) => `${tables.filter((one) => one === table).length} ${table}`);
    say(`  ${what} leaves ${each.join(', ')}, ${accesses} access_log`);
  }

  const thread = new Worker(join(__dirname, 'load.js'));
  closing.add(async () => void (await thread.terminate()));
  // Somebody who has to do with the catalogue alone, and sees no more of it than anybody.
  const reader = await catalogue.place.issuer.token({ sub: 'reader', roles: ['desk'], unit });
  const ewa = await cases.place.issuer.token(coordinator);
  const get = (name: string, server: Replica, token: string, paths: readonly string[]): Route => ({
    name,
    method: 'GET',
    paths,
    token,
    server,
  });
  return {
    versions: { node: process.versions.node, postgres: postgres.version, nats: nats.version },
    limit: {
      PATH: process.env['PATH'],
      CATALOGUE_URL: catalogue.place.database.app,
      CASES_URL: cases.place.database.app,
      PROVIDERS_URL: providers?.place.database.app,
      CAPTURED: JSON.stringify(captured),
      ACTOR: coordinator.sub,
      UNIT: unit,
      PERSON_ID: personId,
      MASTER_KEY: cases.environment['MASTER_KEY'],
    },
    routes: [
      get('directoryPage', catalogue.server, reader, ['/service-offers?limit=20']),
      get(
        'offer',
        catalogue.server,
        reader,
        ids.map((id) => `/service-offers/${id}`),
      ),
      get(
        'search',
        catalogue.server,
        reader,
        names.map((name) => `/service-offer-search?${new URLSearchParams({ q: name, limit: '20' })}`),
      ),
      get('worklist', cases.server, ewa, ['/worklist?limit=20']),
      get(
        'case',
        cases.server,
        ewa,
        seen.map(({ id }) => `/applications/${id}`),
      ),
      get('plan', cases.server, ewa, [`/plans/${planId}`]),
      {
        name: 'application',
        method: 'POST',
        paths: ['/applications'],
        token: await cases.place.issuer.token(desk),
        bodies: [filing],
        server: cases.server,
      },
      ...(qualifications.length > 0
        ? [
            {
              name: 'qualification',
              method: 'POST' as const,
              paths: qualifications,
              once: true,
              token: await cases.place.issuer.token(qualifier),
              bodies: ['{}'],
              version: 1,
              server: cases.server,
            },
          ]
        : []),
      ...(orders?.routes ?? []),
    ],
    load: (load) =>
      new Promise((resolve, reject) => {
        thread.once('message', (said: Answered | string) =>
          typeof said === 'string' ? reject(new Error(said)) : resolve(said),
        );
        thread.postMessage(load);
      }),
  };
}

/** Milliseconds of processor time that the process has taken, and what it holds in megabytes. */
export function spentBy(pid: number): { readonly milliseconds: number; readonly megabytes: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { milliseconds: (user + system) * 10, megabytes: Number(resident ?? 0) / 1024 };
}

const atOnce = 50_000;
/** Milliseconds between two words on how far it is. */
const tellEvery = 3_000;
const days = 30;
const eventsOfCase = 10;
const accessesOfCase = 3;

/** The application again and again, filed in any hour of a year; 200 of them, here and there, are of the own unit. */
const multiplied = copied(
  'application',
  'id = $3',
  `'id', gen_random_uuid(), 'filed_at', now() - make_interval(hours => n % 8760),
   'unit', case when n % $4::int = 0 then $5::text else 'unit-' || (n % $6::int) end`,
);

// Below what the relay has published, and so published.
const events = copied(
  'outbox',
  'seq > 0',
  `'seq', -n, 'id', gen_random_uuid(), 'aggregate_id', gen_random_uuid(), 'created_at', now() - make_interval(days => 1 + n % $3::int)`,
);
const accesses = copied(
  'access_log',
  'position > 0',
  `'position', 1000000000 + n, 'person_id', gen_random_uuid(), 'at', now() - make_interval(secs => n)`,
);
const keys = copied('idempotency_key', 'true', `'key', md5(n::text) || md5(n::text)`);

/** One deadline of each application, none of which is to be told yet; of the own unit's a third are the coordinator's who asks, the others of each unit's officers in turn. */
const deadlines = `
  insert into deadline (kind, subject_id, application_id, person_id, unit, terc, assignee, awaited, warn_on, due_on, basis)
  select 'PLAN_DRAFT', id, id, person_id, unit, terc, case when unit = $3 and n % 3 = 0 then $1::text else unit || '-' || (n % $4::int) end,
    'CENTRE', $2::date + 5 + (n % 60)::int, $2::date + 12 + (n % 60)::int, 'art. 38'
  from (select *, row_number() over (order by id) as n from application) a`;

/**
 * Applications of people who have nothing yet, each with a service of its own and the term in which it is to be decided. Application and
 * person have one id, so that who knows the address knows both.
 */
const waitingApplications = `
  with fresh as materialized (
    select n, gen_random_uuid() as id, gen_random_uuid() as item from generate_series(1, $2::int) n
  ), people as (
    insert into person
    select r.* from (select p.* from person p join application a on a.person_id = p.id where a.id = $1) o, fresh,
      jsonb_populate_record(null::person, to_jsonb(o) || jsonb_build_object('id', fresh.id)) r
  ), filed as (
    insert into application
    select r.* from (select * from application where id = $1) o, fresh,
      jsonb_populate_record(null::application, to_jsonb(o) || jsonb_build_object('id', fresh.id, 'unit', $3::text, 'person_id', fresh.id,
        'items', jsonb_build_array(o.items -> 0 || jsonb_build_object('id', item)))) r
  ), terms as (
    insert into deadline (kind, subject_id, application_id, person_id, unit, terc, assignee, awaited, warn_on, due_on, basis)
    select d.kind, id, id, id, $3, d.terc, d.assignee, d.awaited, d.warn_on, d.due_on, d.basis
    from fresh, (select kind, terc, assignee, awaited, warn_on, due_on, basis from deadline where subject_id = $1 and kind = 'QUALIFICATION' limit 1) d
  )
  select id, item as "itemId" from fresh`;
