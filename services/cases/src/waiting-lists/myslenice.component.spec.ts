import { randomUUID } from 'node:crypto';
import { addDays } from '@okienko/contracts/calendar';
import { coordinator, desk, gmina, Scenario, statement, today } from '../scenario';

/** Myślenice: 1,769 of 2,584 applications were for one service. */
const [applicants, places, leavers] = [1_769, 800, 50];
const inFlight = 48;

let scenario: Scenario;
let replica: Awaited<ReturnType<Scenario['service']['replica']>>;
let urls: string[];
const tokens = new Map<object, string>();
beforeAll(async () => {
  scenario = await Scenario.start();
  replica = await scenario.service.replica();
  urls = [scenario.service.url, replica.url];
  for (const as of [desk, coordinator]) tokens.set(as, await scenario.service.issuer.token(as));
}, 60_000);
afterAll(async () => {
  await replica.stop();
  await scenario.stop();
});

interface Reply {
  readonly status: number;
  readonly body: {
    readonly id: string;
    readonly version: number;
    readonly items: { readonly id: string }[];
    readonly type: string;
  };
}

/** As a good client: the same request again, under the same key, while a replica is too busy to take it. */
async function post(nth: number, path: string, as: object, body: object, version?: number): Promise<Reply> {
  const headers = {
    Authorization: `Bearer ${tokens.get(as)}`,
    'Content-Type': 'application/json',
    'Idempotency-Key': randomUUID(),
    ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
  };
  for (;;) {
    const answer = await fetch(`${urls[nth % 2]}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const reply = { status: answer.status, body: await answer.json() } as Reply;
    if (reply.status < 500) return reply;
    expect(reply.status).toBe(503);
  }
}

/** Acts for each, so many at a time, over both replicas. */
async function forEach<T>(things: readonly T[], act: (thing: T, nth: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let nth = next++; nth < things.length; nth = next++) await act(things[nth] as T, nth);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

interface Applicant {
  readonly id: string;
  readonly itemId: string;
  readonly filedAt: string;
}

/** Several at the same minute, and not in the order in which they are entered. */
const filedAtOf = (nth: number): string => {
  const minute = ((nth * 997) % applicants) >> 2;
  return `${addDays(today, -2)}T${String(6 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00.000Z`;
};

async function apply(offerId: string): Promise<Applicant[]> {
  const filed: Applicant[] = [];
  await forEach(Array.from({ length: applicants }), async (_, nth) => {
    const person = await post(nth, '/persons', desk, { givenName: 'Żaneta', familyName: 'Łoś', terc: gmina });
    const filedAt = filedAtOf(nth);
    const application = { personId: person.body.id, applicantRole: 'PERSON', channel: 'DESK', statement, filedAt };
    const { status, body } = await post(nth, '/applications', desk, { ...application, items: [{ offerId }] });
    expect(status).toBe(201);
    filed.push({ id: body.id, itemId: body.items[0]?.id ?? '', filedAt });
  });
  return filed;
}

const inTurn = (one: Applicant, other: Applicant): number =>
  `${one.filedAt} ${one.itemId}` < `${other.filedAt} ${other.itemId}` ? -1 : 1;
const counts = (text: string, programmeId: string): Promise<Record<string, unknown>[]> =>
  scenario.service.sql(text, [programmeId]);
const itemsByState = `
  select i ->> 'state' as state, count(*)::int as items from application a, jsonb_array_elements(a.items) i
  where i ->> 'programmeId' = $1 group by 1 order by 1`;
const seats = `
  select s.taken, (select count(*)::int from service_place p where p.programme_id = $1 and p.released_at is null) as occupied,
         (select count(*)::int from waiting_list_entry e where e.programme_id = $1 and e.offered_on is not null) as held
  from programme_service s where s.programme_id = $1`;
const factsOf = (type: string): Promise<Record<string, unknown>[]> =>
  scenario.service.sql(
    `select count(*)::int as told, count(distinct event::json -> 'data' ->> 'itemId')::int as items from outbox
     where event::json ->> 'type' = $1`,
    [`pl.okienko.cases.${type}.v1`],
  );

async function listed(programmeId: string): Promise<string[]> {
  const ids: string[] = [];
  for (let after = ''; ;) {
    const query = `programmeId=${programmeId}&serviceCode=teleopieka&limit=200${after && `&after=${after}`}`;
    const { body } = await scenario.get(`/waiting-lists?${query}`, coordinator);
    const items = body['items'] as { itemId: string; offeredOn: string | null }[];
    ids.push(...items.filter(({ offeredOn }) => offeredOn === null).map(({ itemId }) => itemId));
    if (typeof body['next'] !== 'string') return ids;
    after = body['next'];
  }
}

test('1,769 applications at once for 800 places: 800 qualified, 969 wait in their order, and 50 who leave make room for the first 50', async () => {
  const took: Record<string, number> = {};
  const timed = async <T>(what: string, act: () => Promise<T>): Promise<T> => {
    const begun = performance.now();
    const result = await act();
    took[what] = Math.round((performance.now() - begun) / 100) / 10;
    return result;
  };
  const { offerId, programmeId } = await scenario.offer(places, { queueRule: 'FILING_TIME' });
  const filed = await timed('filed', () => apply(offerId));
  const [qualified, waiting]: [Applicant[], Applicant[]] = [[], []];
  await timed('decided', () =>
    forEach(filed, async (applicant, nth) => {
      const path = `/applications/${applicant.id}/items/${applicant.itemId}`;
      const { status, body } = await post(nth, `${path}/qualification`, coordinator, {}, 1);
      if (status === 200) return void qualified.push(applicant);
      expect(body.type).toMatch(/limit-reached|others-wait/);
      expect(await post(nth, `${path}/waiting-list-entry`, coordinator, {}, 1)).toMatchObject({ status: 200 });
      waiting.push(applicant);
    }),
  );
  expect([qualified.length, waiting.length]).toEqual([places, applicants - places]);
  expect(await counts(itemsByState, programmeId)).toEqual([
    { state: 'QUALIFIED', items: places },
    { state: 'WAITLISTED', items: applicants - places },
  ]);
  expect(await counts(seats, programmeId)).toEqual([{ taken: places, occupied: places, held: 0 }]);
  const order = waiting.sort(inTurn).map(({ itemId }) => itemId);
  expect(await timed('listed', () => listed(programmeId))).toEqual(order);

  await timed('withdrawn', () =>
    forEach(qualified.slice(0, leavers), async ({ id, itemId }, nth) => {
      const { status } = await post(nth, `/applications/${id}/items/${itemId}/withdrawal`, desk, {}, 2);
      expect(status).toBe(200);
    }),
  );
  const offered = await scenario.service.sql<{ id: string }>(
    'select item_id as id from waiting_list_entry where programme_id = $1 and offered_on is not null',
    [programmeId],
  );
  expect(offered.map(({ id }) => id).sort()).toEqual(order.slice(0, leavers).sort());
  expect(await listed(programmeId)).toEqual(order.slice(leavers));
  expect(await counts(seats, programmeId)).toEqual([{ taken: places, occupied: places - leavers, held: leavers }]);
  expect(await factsOf('application.submitted')).toMatchObject([{ told: applicants }]);
  expect(await factsOf('application.qualified')).toEqual([{ told: places, items: places }]);
  expect(await factsOf('application.waitlisted')).toEqual([{ told: applicants - places, items: applicants - places }]);
  expect(await factsOf('waiting-list-entry.place-offered')).toEqual([{ told: leavers, items: leavers }]);
  console.log(`Myślenice, seconds: ${JSON.stringify(took)}`);
}, 300_000);
