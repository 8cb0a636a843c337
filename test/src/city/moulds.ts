import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { addDays, type Day, dayOf } from '@okienko/contracts/calendar';
import { type Service, services } from '@okienko/contracts/event';
import { ApiRefusal, type Changed, until } from '@okienko/local/api';
import { defaultClients } from '@okienko/local/clients';
import type { Closing } from '@okienko/local/closing';
import { startEngines } from '@okienko/local/engines';
import { inventResident } from '@okienko/local/resident';
import { temporaryHome } from '@okienko/local/paths';
import { casesService } from '@okienko/cases/service';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { KeyRing } from '@okienko/privacy/key-ring';
import { decryptField } from '@okienko/privacy/sealed-column';
import type { ServiceUnderTest } from '@okienko/testing/service-test';
import type { Account, Json } from '../accounts';
import { startFour } from '../four-services';
import { assumptions } from './assumptions';
import { unheard } from './behind';
import type { Outcome, ServiceCode } from './generator';
import { course, register } from './matter';
import { type Office, staff } from './office';
import { openWorld, serviceCodes, terc, type World } from './world';

/** A matter that was lived once, in four real services: every row and every event that it left. */
export interface Mould {
  readonly name: string;
  readonly began: Day;
  readonly weeks: number;
  readonly personId: string;
  readonly rows: readonly { readonly table: string; readonly row: Json }[];
  readonly events: readonly MouldEvent[];
}

export interface MouldEvent {
  readonly service: 'cases' | 'providers';
  readonly id: string;
  readonly aggregate_type: string;
  readonly aggregate_id: string;
  readonly sequence: number;
  readonly subject: string;
  readonly event: string;
}

export interface Moulds {
  readonly world: World;
  /** By service, outcome and deliveries; `open` ones are left where they are then. */
  readonly of: ReadonlyMap<string, Mould>;
  /** What an event of a place reserved looks like. */
  readonly reserved: MouldEvent;
}

/** How far a matter that is open today may have come. */
const openAfter = [1, 4, 12] as const;

interface Kind {
  readonly service: ServiceCode;
  readonly outcome: Outcome;
  readonly deliveries: number;
  readonly open: boolean;
}

export const keyOf = ({ service, outcome, deliveries, open }: Kind): string =>
  `${service} ${outcome} ${deliveries}${open ? ' open' : ''}`;

/** Weeks after which a mould's last act is done: a talk, a plan, an approval, the deliveries, the end. */
const lastWeek = ({ outcome, deliveries, open }: Kind): number =>
  outcome === 'withdrawn' ? 1 : open ? (deliveries === 0 ? 0 : 3 + deliveries) : 4 + deliveries;

/** The mould that a matter is cast from, which has nothing in it later than today. */
export function mouldFor({ service, outcome, deliveries, open }: Kind, weeksAgo: number): string {
  if (!open) return keyOf({ service, outcome, deliveries, open });
  const done = openAfter.findLast((weeks) => 3 + weeks <= weeksAgo && weeks <= Math.max(1, deliveries)) ?? 0;
  return keyOf({ service, outcome: 'served', deliveries: done, open });
}

function kinds(): Kind[] {
  const lengths = Object.keys(assumptions.deliveries.value).map(Number);
  return serviceCodes.flatMap((service) => [
    ...(['served', 'passedOn'] as const).flatMap((outcome) =>
      lengths.map((deliveries) => ({ service, outcome, deliveries, open: false })),
    ),
    { service, outcome: 'withdrawn', deliveries: 0, open: false } as const,
    ...[0, ...openAfter].map((deliveries) => ({ service, outcome: 'served' as const, deliveries, open: true })),
  ]);
}

/** Lives each kind of matter once, week by week, in four real services of this process whose clock is turned. */
export async function liveMoulds(closing: Closing, say: (line: string) => void): Promise<Moulds> {
  const home = temporaryHome();
  closing.add(() => rmSync(home, { recursive: true, force: true }));
  const engines = await startEngines({ home, ports: 'free', syncAlways: false, postgresSettings: { fsync: 'off' } });
  closing.add(() => engines.stop());
  process.env['TEST_DATABASE_URL'] = engines.postgres.url;
  process.env['TEST_NATS_URL'] = engines.nats.url;
  const clock = { at: new Date(`${dayOf(new Date())}T10:00:00Z`) };
  const masterKey = randomBytes(32).toString('base64');
  const four = await startFour({
    together: true,
    clock: { now: () => clock.at },
    cases: { MASTER_KEY: masterKey },
  });
  closing.add(async () => {
    const { cases, ...others } = four;
    await Promise.all(Object.values(others).map((service) => service.stop()));
    await cases.stop();
  });
  const accounts = new Map<string, Account>(
    defaultClients.map(({ id, name: _, roles, ...rest }) => [id, { sub: id, roles, ...rest }]),
  );
  const office = officeIn(four, accounts, () => dayOf(clock.at));
  const world = await prepare(office, accounts);
  const began = office.today();
  const lives = await Promise.all(
    kinds().map(async (kind) => {
      const { email, ...resident } = inventResident();
      const personId = await register(office, { ...resident, email, age: 0, district: '', household: 0 });
      return { kind, personId, course: course(office, world, personId, kind) };
    }),
  );
  const shared = new Set([
    world.programmeId,
    world.authorisationId,
    ...Object.values(world.offers).map(({ offerId }) => offerId),
    ...world.contractors.map(({ id }) => id),
    ...Object.values(world.capacities),
  ]);
  const broker = await openBroker(engines.nats.url, 'moulds');
  closing.add(() => broker.connection.close());
  const ring = KeyRing.fromEnvironmentValues(masterKey);
  const of = new Map<string, Mould>();
  const longest = Math.max(...lives.map(({ kind }) => lastWeek(kind)));
  let left: Left = { rows: [], events: [] };
  for (let week = 0; week <= longest; week += 1) {
    const living = lives.filter(({ kind }) => week <= lastWeek(kind));
    await Promise.all(living.map(({ course: life }) => life.next()));
    await heardByAll(four, broker);
    // Open ones are taken as they stand now: time goes on for them too. Ended ones have all that comes afterwards.
    const taken = lives.filter(({ kind }) => (kind.open ? lastWeek(kind) : longest) === week);
    if (taken.length > 0) {
      left = await until('nobody says anything', async () => {
        const before = await said(four);
        const now = await everything(four, ring);
        return (await said(four)) === before ? now : undefined;
      });
      for (const { kind, personId } of taken) {
        const mould = { name: keyOf(kind), began, weeks: lastWeek(kind), personId };
        of.set(mould.name, { ...mould, ...partOf(left, personId, shared) });
      }
    }
    if (week % 4 === 0) say(`  week ${week}: ${living.length} matters go on`);
    clock.at = new Date(clock.at.getTime() + 7 * 24 * 3600_000);
  }
  const reserved = left.events.find(({ subject }) => subject === 'providers.capacity.reserved.v1');
  if (!reserved) throw new Error('Nobody has taken a place.');
  return { world, of, reserved };
}

function officeIn(
  four: Readonly<Record<Service, ServiceUnderTest>>,
  accounts: ReadonlyMap<string, Account>,
  today: () => Day,
): Office {
  const call = async <T>(
    method: string,
    account: string,
    service: Service,
    path: string,
    more: { body?: object; ifMatch?: number },
  ): Promise<T> => {
    const as = accounts.get(account);
    if (!as) throw new Error(`There is no account ${account}.`);
    const { status, body } = await four[service].http<T>(method, path, { as, ...more });
    if (status >= 300) throw new ApiRefusal(status, `${method} ${service}${path}`, body as object);
    return body;
  };
  return {
    today,
    get: (account, service, path) => call('GET', account, service, path, {}),
    post: (account, service, path, body, ifMatch) =>
      call('POST', account, service, path, { body, ...(ifMatch === undefined ? {} : { ifMatch }) }),
  };
}

async function prepare(office: Office, accounts: Map<string, Account>): Promise<World> {
  const contractor = async (account: string): Promise<World['contractors'][0]> => {
    const body = { kind: 'NGO', name: { pl: account }, terc };
    const { id } = await office.post<Changed>(staff.organiser, 'providers', '/providers', body);
    accounts.set(account, { sub: account, roles: ['provider'], providerId: id });
    return { id, account };
  };
  const contractors = [await contractor('provider-ecus'), await contractor('provider-elblog')] as const;
  const today = office.today();
  const { id } = await office.post<Changed>(staff.operator, 'cases', '/authorisations', {
    holder: staff.director,
    number: 'WZ.077.1',
    scope: ['APPROVE_PLANS', 'ISSUE_DECISIONS'],
    validFrom: today,
    validTo: addDays(today, 700),
  });
  return openWorld(office, 10_000, contractors, id);
}

const said = async (four: Readonly<Record<Service, ServiceUnderTest>>): Promise<string> =>
  JSON.stringify(await Promise.all(services.map((service) => four[service].sql('select max(seq) from outbox'))));

/** Until whatever was said has been heard by everybody, and nothing new was said of it. */
async function heardByAll(four: Readonly<Record<Service, ServiceUnderTest>>, broker: Broker): Promise<void> {
  const unsent = async (): Promise<number> => {
    const of = await Promise.all(
      services.map((service) =>
        four[service].sql<{ count: number }>(
          'select count(*)::int as count from outbox o, outbox_relay r where o.seq > r.low',
        ),
      ),
    );
    return of.reduce((sum, [row]) => sum + (row?.count ?? 0), 0);
  };
  const waiting = (): Promise<number> => unheard(broker, four.cases.namespace);
  await until('all is heard', async () =>
    (await waiting()) + (await unsent()) + (await waiting()) === 0 ? true : undefined,
  );
}

interface Left {
  readonly rows: { readonly table: string; readonly row: Json; readonly ids: readonly string[] }[];
  readonly events: MouldEvent[];
}

/** What `catalogue` would keep of a matter, had it heard of it over the streams. */
const heard = /^(application_item|allocation|delivery)_copy$/;

/** Of the backbone, of the log of access, of what belongs to nobody's matter, and people: these are registered by the service itself. */
const notCast =
  /^(access_log|idempotency|inbox|outbox|dead_letter|migration|person|notice_register|revocation|capacity$|programme|offer|provider$|service_offer|authorisation|erasure)/;

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

async function everything(four: Readonly<Record<Service, ServiceUnderTest>>, ring: KeyRing): Promise<Left> {
  const left: Left = { rows: [], events: [] };
  const keys = new Map<string, Buffer>();
  const wrapped = await four.cases.sql<{ person_id: string; wrapped: Buffer; master_version: number }>(
    'select person_id, wrapped, master_version from person_key',
  );
  for (const key of wrapped) keys.set(key.person_id, ring.unwrap(key.wrapped, key.master_version));
  for (const service of services) {
    const { sql } = four[service];
    const tables = await sql<{ name: string }>(
      `select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and not relispartition`,
    );
    const cast = tables.filter(({ name }) =>
      service === 'notifications'
        ? name === 'matter'
        : service === 'catalogue'
          ? heard.test(name)
          : !notCast.test(name),
    );
    for (const { name } of cast)
      for (const { row } of await sql<{ row: Json }>(`select to_jsonb(t) as row from ${name} t`)) {
        if (service === 'cases') openSealed(name, row, keys);
        left.rows.push({ table: `${service}.${name}`, row, ids: JSON.stringify(row).match(uuid) ?? [] });
      }
    if (service === 'notifications' || service === 'catalogue') continue;
    const events = await sql<MouldEvent>(
      'select id, aggregate_type, aggregate_id, sequence, subject, event from outbox order by seq',
    );
    left.events.push(...events.map((event) => ({ ...event, service })));
  }
  return left;
}

/** What a cast seals anew, under another person's key and for another row. */
export const sealedMark = 'sealed anew: ';

function openSealed(table: string, row: Json, keys: ReadonlyMap<string, Buffer>): void {
  for (const place of casesService.sealed?.places ?? []) {
    const sealed = row[place.column];
    if (place.table !== table || typeof sealed !== 'string') continue;
    const key = keys.get(String(row['person_id']));
    if (!key) throw new Error(`${table}.${place.column} is sealed under nobody's key.`);
    const text = decryptField(key, Buffer.from(sealed.slice(2), 'hex'), {
      ...place.sealedFor,
      rowId: String(row['id']),
    });
    row[place.column] = `${sealedMark}${JSON.stringify({ ...place.sealedFor, rowId: row['id'], text })}`;
  }
}

/** All that hangs together by ids, beginning with the person; what all matters share is not followed. */
function partOf({ rows, events }: Left, personId: string, shared: ReadonlySet<string>): Pick<Mould, 'rows' | 'events'> {
  const mine = events
    .filter(({ aggregate_id: id, aggregate_type: type }) => !shared.has(id) && !type.startsWith('person'))
    .map((event) => ({ event, ids: event.event.match(uuid) ?? [] }));
  const own = new Set([personId]);
  for (let size = 0; size !== own.size;) {
    size = own.size;
    for (const { ids } of rows) join(ids, own, shared);
    // Aggregates and what their data name; not the requests that they came of.
    for (const { event } of mine) join(namesOf(event), own, shared);
  }
  return {
    rows: rows.filter(({ ids }) => ids.some((id) => own.has(id))).map(({ table, row }) => ({ table, row })),
    events: mine.filter(({ event }) => own.has(event.aggregate_id)).map(({ event }) => event),
  };
}

const namesOf = ({ aggregate_id, event }: MouldEvent): string[] => [
  aggregate_id,
  ...(JSON.stringify((JSON.parse(event) as { data: unknown }).data).match(uuid) ?? []),
];

function join(ids: readonly string[], own: Set<string>, shared: ReadonlySet<string>): void {
  if (ids.some((id) => own.has(id))) for (const id of ids) if (!shared.has(id)) own.add(id);
}
