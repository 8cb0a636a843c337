import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { casesService } from '@okienko/cases/service';
import { catalogueService } from '@okienko/catalogue/service';
import type { Principal } from '@okienko/chassis/access';
import type { ServiceConfig } from '@okienko/chassis/config';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import { addDays, dayOf } from '@okienko/contracts/calendar';
import { programmeEnteredIntoForceV1 } from '@okienko/contracts/catalogue/programme-entered-into-force.v1';
import { serviceOfferPublishedV1 } from '@okienko/contracts/catalogue/service-offer-published.v1';
import { type DomainEvent, envelope, event, subjectOf } from '@okienko/contracts/event';
import type { Closing } from '@okienko/local/closing';
import { startEngines } from '@okienko/local/engines';
import { temporaryHome } from '@okienko/local/paths';
import { bundleOf } from '@okienko/local/services';
import { freshContext } from '@okienko/messaging/context';
import { placeForTest } from '@okienko/testing/service-place';
import { environments } from '../../environments';
import { Replica } from '../partners/replica';
import { until } from '../rounds';
import { corpus } from '../search/corpus';
import { Offers } from '../search/offers';
import { capture } from './captured';
import type { Answered, Asked, Load } from './load';

/** One hot route, as asked by somebody who may do and see little. */
export interface Route extends Asked {
  readonly name: string;
  readonly server: Replica;
}

export interface World {
  readonly versions: Readonly<Record<string, string>>;
  readonly routes: readonly Route[];
  /** Answers all of the routes. */
  readonly limit: Replica;
  load(load: Load): Promise<Answered>;
}

export interface Sizes {
  readonly seed: number;
  readonly offers: number;
  readonly cases: number;
}

const terc = '2861011';
const unit = 'north';
const otherUnits = 49;
const ownCases = 200;
const desk = { sub: 'desk-anna', roles: ['desk'], unit } as const;
const coordinator = { sub: 'kipus-ewa', roles: ['coordinator'], unit } as const;

/** `catalogue` and `cases` as in production, each with much more than the one who asks may see, and the limit beside them. */
export async function prepareWorld(
  { seed, offers, cases: many }: Sizes,
  closing: Closing,
  say: (sentence: string) => void,
): Promise<World> {
  const home = temporaryHome();
  closing.add(() => rmSync(home, { recursive: true, force: true }));
  const { postgres, nats, stop } = await startEngines({ home, ports: 'free', syncAlways: false });
  closing.add(() => stop());
  say(`  ${postgres.source}, ${postgres.version}; ${nats.source}, ${nats.version}`);
  process.env['TEST_DATABASE_URL'] = postgres.url;
  process.env['TEST_NATS_URL'] = nats.url;
  const own = environments();
  const start = async <C extends ServiceConfig>(definition: ServiceDefinition<C>) => {
    const place = await placeForTest(definition);
    closing.add(() => place.remove());
    const environment = { ...place.environment, ...own[definition.name], LOG_LEVEL: 'info', PATH: process.env['PATH'] };
    const server = await Replica.start(environment, bundleOf(definition.name));
    closing.add(() => server.stop());
    return { place, server };
  };
  const [catalogue, cases] = [await start(catalogueService), await start(casesService)];

  say(`  ${offers.toLocaleString('en')} offers`);
  const generated = new Offers(seed, corpus(say));
  const ids: string[] = [];
  for (let done = 0; done < offers; done += 1_000) {
    const part = Array.from({ length: Math.min(1_000, offers - done) }, (_, n) => generated.at(done + n));
    ids.push(...part.slice(0, 200).map(({ id }) => id));
    await catalogue.place.pool.query(
      `insert into service_offer (id, version, state, content)
       select id::uuid, 2, 'PUBLISHED', content::jsonb from unnest($1::text[], $2::text[]) t (id, content)`,
      [part.map(({ id }) => id), part.map(({ content }) => JSON.stringify(content))],
    );
  }

  say(`  ${many.toLocaleString('en')} cases of ${otherUnits + 1} units`);
  const tell = (fact: DomainEvent): Promise<unknown> =>
    cases.place.broker.streams.publish(
      `${cases.place.mark}.${subjectOf(fact.contract)}`,
      JSON.stringify(envelope(fact, 1, new Date(), freshContext())),
    );
  const isKnown = async (table: string, id: string): Promise<boolean> =>
    (await cases.place.pool.query(`select from ${table} where id = $1`, [id])).rowCount === 1;
  const post = async (path: string, as: Partial<Principal>, body: string): Promise<string> => {
    const headers = {
      authorization: `Bearer ${await cases.place.issuer.token(as)}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    };
    const answer = await fetch(`${cases.server.url}${path}`, { method: 'POST', headers, body });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${text}`);
    return text;
  };
  const today = dayOf(new Date());
  const [programmeId, offerId] = [randomUUID(), randomUUID()];
  await tell(
    event(programmeEnteredIntoForceV1, programmeId, {
      programmeVersion: 1,
      terc,
      validFrom: addDays(today, -300),
      validTo: addDays(today, 300),
      services: [{ serviceCode: 'teleopieka', expectedPersons: 5, queueRule: 'NONE' }],
      dataScope: [],
    }),
  );
  await until(() => isKnown('programme', programmeId), 20_000, 'the arrival of a programme');
  await tell(
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
  await until(() => isKnown('offer', offerId), 20_000, 'the arrival of an offer');
  const person = JSON.stringify({ givenName: 'Żaneta', familyName: 'Łoś', terc });
  const { id: personId } = JSON.parse(await post('/persons', desk, person)) as { id: string };
  const filing = JSON.stringify({
    personId,
    applicantRole: 'PERSON',
    channel: 'DESK',
    statement: { clauseVersion: '2020-01-01', acknowledged: true },
    items: [{ offerId }],
  });
  const { pool } = cases.place;
  const filed = JSON.parse(await post('/applications', desk, filing)) as { id: string };
  await pool.query(multiplied, [filed.id, many, ownCases, unit, otherUnits]);
  await pool.query(deadlines, [coordinator.sub, today]);
  const { rows: seen } = await pool.query<{ id: string }>('select id from application where unit = $1 limit 200', [
    unit,
  ]);
  for (const { place } of [catalogue, cases]) await place.pool.query('vacuum analyze');
  const captured = await capture(cases.place.database.migrate, 'cases', () => post('/applications', desk, filing));
  say(
    `  an application leaves rows in ${captured.rows.map(({ table }) => table).join(', ')}, and ${captured.accesses} in access_log`,
  );

  const limit = await Replica.start(
    {
      PATH: process.env['PATH'],
      CATALOGUE_URL: catalogue.place.database.app,
      CASES_URL: cases.place.database.app,
      CAPTURED: JSON.stringify(captured),
      ACTOR: coordinator.sub,
      UNIT: unit,
      PERSON_ID: personId,
    },
    join(__dirname, 'limit.js'),
  );
  closing.add(() => limit.stop());
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
    limit,
    routes: [
      get('directoryPage', catalogue.server, reader, ['/service-offers?limit=20']),
      get(
        'offer',
        catalogue.server,
        reader,
        ids.map((id) => `/service-offers/${id}`),
      ),
      get('worklist', cases.server, ewa, ['/worklist?limit=20']),
      get(
        'case',
        cases.server,
        ewa,
        seen.map(({ id }) => `/applications/${id}`),
      ),
      {
        name: 'application',
        method: 'POST',
        paths: ['/applications'],
        token: await cases.place.issuer.token(desk),
        body: filing,
        server: cases.server,
      },
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

/** The application again and again, 200 of them of the own unit. */
const multiplied = `
  insert into application
  select r.* from application a, generate_series(1, $2::int) n, jsonb_populate_record(null::application, to_jsonb(a) || jsonb_build_object(
    'id', gen_random_uuid(), 'unit', case when n <= $3::int then $4::text else 'unit-' || (n % $5::int) end)) r
  where a.id = $1`;

/** One deadline of each application, none of which is to be told yet; of the own unit's a third are the coordinator's who asks. */
const deadlines = `
  insert into deadline (kind, subject_id, application_id, person_id, unit, terc, assignee, awaited, warn_on, due_on, basis)
  select 'PLAN_DRAFT', id, id, person_id, unit, terc, case when n % 3 = 0 then $1::text else 'kipus-' || (n % 20) end,
    'CENTRE', $2::date + 5 + (n % 60)::int, $2::date + 12 + (n % 60)::int, 'art. 38'
  from (select *, row_number() over (order by id) as n from application) a`;
