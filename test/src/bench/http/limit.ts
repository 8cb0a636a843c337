import { randomBytes, randomUUID } from 'node:crypto';
import { wordsOf } from '@okienko/catalogue/search/polish-analysis';
import { allOffers, anyTerm, everyTerm, ranking } from '@okienko/catalogue/search/query-terms';
import { type Found, mostRanked, searchStatement } from '@okienko/catalogue/search/search-statement';
import { addMonths, dayOf } from '@okienko/contracts/calendar';
import { recordAccess } from '@okienko/privacy/access-log';
import { KeyRing } from '@okienko/privacy/key-ring';
import { decryptField } from '@okienko/privacy/sealed-column';
import fastify from 'fastify';
import pg from 'pg';
import { type Captured, marks } from './captured';
import { placesOf } from './places';

/**
 * The limit: what is left of a route without a framework, a token, a log line and rules. Fastify and `pg` alone (and our cipher), each
 * statement by hand, prepared, and with the others of its transaction in one packet. Its answers are ours byte by byte, its rows ours but for their ids.
 */
const {
  CATALOGUE_URL,
  CASES_URL,
  PROVIDERS_URL,
  PORT,
  ACTOR,
  CAPTURED,
  UNIT,
  MASTER_KEY = '',
  PERSON_ID: personId = '',
} = process.env;
const captured = JSON.parse(CAPTURED ?? '') as Readonly<Record<string, Captured>>;

pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
const poolOf = (connectionString: string | undefined): pg.Pool =>
  new pg.Pool({ connectionString, max: 10, pipeline: true } as pg.PoolConfig);
const [catalogue, cases, providers] = [poolOf(CATALOGUE_URL), poolOf(CASES_URL), poolOf(PROVIDERS_URL)];

type Values = readonly unknown[];
const named = (name: string, text: string, values: Values): pg.QueryConfig => ({ name, text, values: [...values] });

/** All statements of a transaction leave at once. */
async function transaction(pool: pg.Pool, statements: readonly pg.QueryConfig[]): Promise<pg.QueryResult[]> {
  const client = await pool.connect();
  const { stream } = (client as unknown as { connection: { stream: import('node:net').Socket } }).connection;
  stream.cork();
  try {
    const all = [client.query('begin'), ...statements.map((one) => client.query(one)), client.query('commit')];
    stream.uncork();
    return await Promise.all(all);
  } finally {
    client.release();
  }
}

const today = dayOf(new Date());
const staleBefore = addMonths(today, -12);

interface Offer {
  readonly content: { readonly informationOnly?: { readonly confirmedOn: string } };
}
const offers = `select o.id, o.version, o.state, o.content,
  (select case when count(*) > 0 then jsonb_strip_nulls(jsonb_build_object(
     'places', coalesce(sum(c.places) filter (where c.open), 0), 'free', coalesce(sum(c.free) filter (where c.open), 0),
     'nextFreeOn', min(case when c.free > 0 then greatest($1::date, c.available_from) else (
       select min(p.until) + 1 from capacity_place p
       where p.capacity_id = c.capacity_id and p.until >= $1::date and p.until < c.available_to) end),
     'asOf', max(c.as_of), 'position', sum(c.sequence))) end
   from (select *, coalesce(available_from <= $1::date, true) as open from capacity_copy) c
   where c.offer_id = o.id and c.available_to >= $1::date) as capacity,
  (select case when count(*) > 0 then jsonb_build_object(
     'waiting', count(*) filter (where i.state = 'WAITLISTED'), 'asOf', max(i.as_of), 'position', sum(i.sequence)) end
   from application_item_copy i where i.offer_id = o.id and i.waitlisted_on is not null) as queue
  from service_offer o where o.state = 'PUBLISHED' and`;
interface SearchedOffer extends Offer {
  readonly id: string;
  readonly capacity: { readonly free: number } | null;
}
const enough = 10;
const searchSettings = [
  'set local plan_cache_mode = force_generic_plan',
  'set local max_parallel_workers_per_gather = 0',
];
const viewOf = ({ content, ...row }: Offer): object => {
  const isStale = content.informationOnly && content.informationOnly.confirmedOn < staleBefore;
  return { ...row, ...content, ...(isStale ? { stale: true } : {}) };
};

const application = `select a.id, a.version, a.person_id as "personId", a.applicant_role as "applicantRole", a.channel,
  a.filed_at as "filedAt", a.clause_version as "clauseVersion", a.coordinator,
  case when a.state <> 'SUBMITTED' then a.state else coalesce((select case r.state when 'SCHEDULED' then 'IN_RECOGNITION' else 'ASSESSED' end
    from needs_recognition r where r.application_id = a.id), 'SUBMITTED') end as state, a.items,
  a.applicant_person_id as "applicantPersonId", a.clause_shown as "clauseShown", a.need_report_id as "needReportId", a.delays,
  a.imported_from as "importedFrom", a.completion_call as "completionCall", a.facts
  from application a where a.id = $1 and a.unit = $2`;

/** With the person's key, which opens the plan's words. */
const plan = `select p.id, p.version, p.person_id as "personId", p.application_id as "applicationId", p.state, p.drafter,
  coalesce(p.coordinator, p.drafter) as coordinator, p.plan_version as "planVersion", p.drafted_at as "draftedAt",
  p.draft_due_on as "draftDueOn", p.drafted_late as "draftedLate", p.period_from as "from", p.period_to as "to", p.agreement,
  p.return_reason as "returnReason", p.approval, p.ending, p.closing_talk as "closingTalk", p.closed_on as "closedOn", p.abandonment,
  p.items, p.texts, k.wrapped, k.master_version as "masterVersion"
  from individual_plan p join person_key k on k.person_id = p.person_id where p.id = $1 and p.unit = $2`;
interface Plan {
  readonly id: string;
  readonly items: readonly { readonly itemId: string }[];
  readonly texts: Buffer;
  readonly wrapped: Buffer;
  readonly masterVersion: number;
}
interface PlanWords {
  readonly items: readonly { readonly itemId: string; readonly place?: string; readonly schedule?: string }[];
  readonly supportingActivities: readonly string[];
  readonly supportingActivityIds?: readonly string[];
  readonly goals: readonly string[];
  readonly indicators?: readonly string[];
}
const ring = KeyRing.fromEnvironmentValues(MASTER_KEY);

const running = `from deadline where unit = $1 and assignee = $2 and ended_at is null`;
const worklist = `select
  (select json_build_object('LATE', count(*) filter (where due_on < $3::date),
     'DUE_TODAY', count(*) filter (where due_on = $3::date and awaited = 'CENTRE'),
     'APPROACHING', count(*) filter (where due_on > $3::date and awaited = 'CENTRE' and warn_on <= $3::date),
     'WAITING', count(*) filter (where due_on >= $3::date and awaited <> 'CENTRE'),
     'LATER', count(*) filter (where due_on > $3::date and awaited = 'CENTRE' and warn_on > $3::date)) ${running}) as counts,
  (select coalesce(json_agg(page), '[]') from (
     select id, kind, subject_id as "subjectId", application_id as "applicationId", person_id as "personId", unit, terc, assignee,
       awaited, warn_on as "warnOn", due_on as "dueOn", basis ${running} order by due_on, id limit $4) page) as items`;

interface Item {
  readonly id: string;
  readonly dueOn: string;
  readonly warnOn: string;
  readonly awaited: string;
}
const bucketOf = ({ dueOn, warnOn, awaited }: Item): string => {
  if (dueOn < today) return 'LATE';
  if (awaited !== 'CENTRE') return 'WAITING';
  if (dueOn === today) return 'DUE_TODAY';
  return warnOn <= today ? 'APPROACHING' : 'LATER';
};

const pageOf = <T>(all: T[], limit: number, at: (last: T) => unknown[]): { items: T[]; next?: string } => {
  const last = all.length > limit ? all[limit - 1] : undefined;
  if (last === undefined) return { items: all };
  return { items: all.slice(0, limit), next: Buffer.from(JSON.stringify(at(last))).toString('base64url') };
};

/** The row of the access log as the library writes it, in the caller's transaction. */
function accessed(
  act: 'READ' | 'WRITE',
  caseRef: string,
  role: string,
  { group = 'APPLICATION', person = personId } = {},
): pg.QueryConfig {
  const statements: pg.QueryConfig[] = [];
  const entry = {
    at: new Date(),
    actor: ACTOR ?? '',
    role,
    act,
    personId: person,
    purpose: 'CASE_WORK',
    caseRef,
  } as const;
  void recordAccess(
    {
      query: () => Promise.reject(new Error('It is sent, not waited for.')),
      send: (text: string, values: unknown[]) => void statements.push(named('accessed', text, values)),
    },
    { ...entry, fieldGroups: [group], traceId: randomBytes(16).toString('hex') },
  );
  return statements[0] as pg.QueryConfig;
}

/** A text with ids that are to be new each time, cut at them once. */
function template(text: string): (fresh: ReadonlyMap<string, string>) => string {
  const parts = text.split(marks);
  return parts.length === 1 ? () => text : (fresh) => parts.map((part) => fresh.get(part) ?? part).join('');
}
/** Does what the request did, about others and with new ids; all rows that it made in one table with one statement. */
function repeated(what: string, pool: pg.Pool, role: string): (targets: readonly string[]) => Promise<string> {
  const { rows, fresh, targets, accesses, answer } = captured[what] as Captured;
  const alike = Map.groupBy(rows, ({ table, key }, at) => (key ? at : table));
  const written = [...alike.values()].map((some, at) => {
    const { table, columns, key } = some[0] as Captured['rows'][number];
    const values = some.flatMap((row) => row.values);
    // Others go on from the version that they left.
    const set = columns.map((one, n) =>
      one === 'version' ? `version = greatest(version, $${n + 1}::int)` : `"${one}" = $${n + 1}`,
    );
    const which = key?.map((one) => set[columns.indexOf(one)]).join(' and ');
    const made = some.map((_, row) => `(${columns.map((__, n) => `$${row * columns.length + n + 1}`).join(', ')})`);
    const insert = `insert into ${table} (${columns.map((one) => `"${one}"`).join(', ')}) values ${made.join(', ')}`;
    return {
      name: `${what}${at}`,
      text: key ? `update ${table} set ${set.join(', ')} where ${which}` : insert,
      values: values.map((value, n) => {
        // An aggregate's next number is another for each request: here each is of another aggregate.
        if (table === 'outbox' && columns[n % columns.length] === 'aggregate_id') return () => randomUUID();
        return value === null ? () => null : template(value);
      }),
    };
  });
  const answered = template(answer);
  return async (others) => {
    const ids = new Map([
      ...fresh.map((one) => [one, one.includes('-') ? randomUUID() : randomBytes(32).toString('hex')] as const),
      ...targets.map((one, at) => [one, others[at] ?? one] as const),
    ]);
    const about = others[0] ?? ids.get(fresh[0] ?? '') ?? '';
    await transaction(pool, [
      ...written.map(({ name, text, values }) =>
        named(
          name,
          text,
          values.map((value) => value(ids)),
        ),
      ),
      // Different people, as their rows of the access log hang together.
      ...Array.from({ length: accesses }, () => accessed('WRITE', about, role, { person: others[0] ?? personId })),
    ]);
    return answered(ids);
  };
}
const json = 'application/json; charset=utf-8';

const server = fastify();
server.get('/health/ready', () => ({}));
server.get<{ Querystring: { limit: string } }>('/service-offers', async ({ query }) => {
  const limit = Number(query.limit);
  const { rows: found } = await catalogue.query<Offer & { id: string }>(
    named('page', `${offers} true order by o.id limit $2`, [today, limit + 1]),
  );
  return pageOf(found.map(viewOf), limit, (last) => [(last as { id: string }).id]);
});
server.get<{ Params: { id: string } }>('/service-offers/:id', async ({ params }) => {
  const { rows: found } = await catalogue.query<Offer>(named('offer', `${offers} o.id = $2`, [today, params.id]));
  return viewOf(found[0] as Offer);
});
/** Words that offers have, as they are: no slips and no words of the street. */
server.get<{ Querystring: { q: string; limit: string } }>('/service-offer-search', async ({ query: { q, limit } }) => {
  const words = [...new Map(wordsOf(q).map((word) => [word.stem, word])).values()];
  const { rows: known } = await catalogue.query<{ stem: string; df: number }>(
    named('vocabulary', 'select stem, df from search_vocabulary where stem = any($1)', [
      [allOffers, ...words.map(({ stem }) => stem)],
    ]),
  );
  const dfs = new Map(known.map(({ stem, df }) => [stem, df]));
  const terms = words.map(({ word, stem }) => ({
    typed: word,
    meanings: [{ stem, weight: 1, df: dfs.get(stem) ?? 0 }],
  }));
  const order = ranking(terms, dfs.get(allOffers) ?? 0);
  const find = async (wanted: string): Promise<Found> => {
    const { text, values } = searchStatement({ wanted, ...order }, {}, today, Number(limit));
    const found = await transaction(catalogue, [
      ...searchSettings.map((text) => ({ text })),
      named(`search${words.length}`, text, values),
    ]);
    return found.at(-2)?.rows[0] as Found;
  };
  let found = await find(everyTerm(terms));
  if (found.count < enough) found = await find(anyTerm(terms, mostRanked));
  const scores = new Map((found.top ?? []).map(({ id, score }) => [id, score.toPrecision(3)]));
  const { rows } = await catalogue.query<SearchedOffer>(
    named('offers', `${offers} o.id = any($2::uuid[])`, [today, [...scores.keys()]]),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const items = [...scores.keys()]
    .flatMap((id) => byId.get(id) ?? [])
    .sort((a, b) => (scores.get(a.id) === scores.get(b.id) ? (b.capacity?.free ?? 0) - (a.capacity?.free ?? 0) : 0))
    .slice(0, Number(limit));
  const facetsOf = (facet: string): object[] =>
    (found.facets ?? []).flatMap(([code, count]) => {
      const [of, value = ''] = code.split('/');
      return of === facet ? [{ value, count }] : [];
    });
  const facets = ['area', 'legalTrack', 'feeRule', 'targetGroup'].map((facet) => [facet, facetsOf(facet)]);
  return { items: items.map(viewOf), corrections: [], facets: Object.fromEntries(facets) as object };
});
server.get<{ Querystring: { limit: string } }>('/worklist', async ({ query }) => {
  const limit = Number(query.limit);
  const { rows: found } = await cases.query<{ counts: object; items: Item[] }>(
    named('worklist', worklist, [UNIT, ACTOR, today, limit + 1]),
  );
  const { counts, items } = found[0] ?? { counts: {}, items: [] };
  const page = pageOf(
    items.map((item) => ({ ...item, bucket: bucketOf(item) })),
    limit,
    ({ dueOn, id }) => [dueOn, id],
  );
  return { counts, ...page };
});
server.get<{ Params: { id: string } }>('/applications/:id', async ({ params: { id } }) => {
  const [, found] = await transaction(cases, [
    named('application', application, [id, UNIT]),
    accessed('READ', id, 'coordinator'),
  ]);
  const { completionCall, facts, ...row } = found?.rows[0] as Record<string, unknown>;
  return { ...row, completionCall, facts };
});
server.get<{ Params: { id: string } }>('/plans/:id', async ({ params: { id } }) => {
  const [, found] = await transaction(cases, [
    named('plan', plan, [id, UNIT]),
    accessed('READ', id, 'coordinator', { group: 'PLAN' }),
  ]);
  const { items, texts, wrapped, masterVersion, ...row } = found?.rows[0] as Plan;
  const place = { table: 'individual_plan', column: 'texts', rowId: id };
  const words = JSON.parse(decryptField(ring.unwrap(wrapped, masterVersion), texts, place)) as PlanWords;
  return {
    ...row,
    items: items.map((item) => {
      const { place: where, schedule } = words.items.find(({ itemId }) => itemId === item.itemId) ?? {};
      return { ...item, ...(where && { place: where }), ...(schedule && { schedule }) };
    }),
    closingNote: null,
    description: null,
    supportingActivities: words.supportingActivities,
    supportingActivityIds: words.supportingActivityIds ?? [],
    goals: words.goals,
    indicators: words.indicators ?? [],
    update: null,
  };
});
const file = repeated('application', cases, 'desk');
server.post('/applications', async (_, reply) =>
  reply
    .code(201)
    .type(json)
    .send(await file([])),
);
if (captured['qualification']) {
  const qualify = repeated('qualification', cases, 'coordinator');
  server.post<{ Params: { id: string; itemId: string } }>(
    '/applications/:id/items/:itemId/qualification',
    async ({ params: { id, itemId } }, reply) => reply.type(json).send(await qualify([id, itemId])),
  );
}
if (captured['acceptance'] && captured['deliveryBatch']) {
  const accept = repeated('acceptance', providers, 'provider');
  server.post<{ Params: { id: string } }>('/service-orders/:id/acceptance', async ({ params: { id } }, reply) =>
    reply.type(json).send(await accept([id, ...placesOf(id)])),
  );
  const record = repeated('deliveryBatch', providers, 'provider');
  server.post<{ Body: { deliveries: { orderId: string }[] } }>('/deliveries/batch', async ({ body }, reply) =>
    reply.type(json).send(await record([...new Set(body.deliveries.map(({ orderId }) => orderId))])),
  );
}
void server.listen({ port: Number(PORT), host: '127.0.0.1' });
process.on('SIGTERM', () => process.exit(0));
