import { randomUUID } from 'node:crypto';
import { addDays } from '@okienko/contracts/calendar';
import { programmeEnteredIntoForceV1 } from '@okienko/contracts/catalogue/programme-entered-into-force.v1';
import { event } from '@okienko/contracts/event';
import fc from 'fast-check';
import { type Filed, gmina, Scenario, today } from '../scenario';

const staff = { sub: 'ous-olga', roles: ['desk', 'coordinator', 'services-organiser', 'director'] } as const;

let scenario: Scenario;
let replica: Awaited<ReturnType<Scenario['service']['replica']>>;
let token: string;
let authorisationId: string;
beforeAll(async () => {
  scenario = await Scenario.start();
  replica = await scenario.service.replica();
  token = await scenario.service.issuer.token(staff);
  authorisationId = await scenario.authorisation(staff.sub, ['ISSUE_DECISIONS']);
}, 60_000);
afterAll(async () => {
  await replica.stop();
  await scenario.stop();
});

interface Step {
  readonly who: number;
  readonly act: string;
  readonly replica: boolean;
}
const acts = [
  'qualification',
  'waiting-list-entry',
  'withdrawal',
  'place-offer/acceptance',
  'place-offer/decline',
  'place-offer/lapse',
  'place-offer/lapse',
  'waiting-list-jump',
  'refusal',
  'waiting-list-jump',
  'limit',
];
const bodyOf = (act: string): object => {
  if (act === 'refusal')
    return { number: randomUUID(), legalBasis: 'art. 42', reasons: 'Brak miejsc.', authorisationId };
  return act === 'waiting-list-jump' ? { reasonCode: 'CRISIS', before: 1 } : {};
};

/** One act at the version of the moment, twice under one key, on either replica. */
async function attempt({ id, itemIds }: Filed, { act, replica: other }: Step): Promise<void> {
  const base = other ? replica.url : scenario.service.url;
  const path = `/applications/${id}`;
  const call = (method: string, to: string, more: object = {}) =>
    fetch(`${base}${to}`, {
      method,
      ...more,
      headers: { Authorization: `Bearer ${token}`, ...(more as { headers?: object }).headers },
    });
  const { version } = (await (await call('GET', path)).json()) as { version: number };
  const request = {
    body: JSON.stringify(bodyOf(act)),
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID(), 'If-Match': `"${version}"` },
  };
  const answers = [];
  for (let n = 0; n < 2; n += 1) answers.push(await call('POST', `${path}/items/${itemIds[0]}/${act}`, request));
  const [first, second] = answers.map(({ status }) => status);
  expect(first).toBeLessThan(500);
  if (first === 200) expect(second).toBe(200);
}

/** What must be true whatever was done: `places` are all taken or nobody waits for one; every state has its rows. */
async function soundness(programmeId: string): Promise<unknown> {
  const [row] = await scenario.service.sql(
    `with item as (
       select (i ->> 'id')::uuid as id, i ->> 'state' as state, i ->> 'decisionId' as decision
       from application a, jsonb_array_elements(a.items) i where i ->> 'programmeId' = $1::text
     ), place as (select * from service_place where programme_id = $1::uuid and released_at is null),
     entry as (select * from waiting_list_entry where programme_id = $1::uuid)
     select s.taken <= s.expected_persons as "withinLimit",
       s.taken = (select count(*) from place) + (select count(*) from entry where offered_on is not null) as "allCounted",
       s.taken = s.expected_persons or not exists (select from entry where offered_on is null) as "nobodyWaitsInVain",
       (select array_agg(id order by id) from item where state = 'QUALIFIED') is not distinct from
         (select array_agg(item_id order by item_id) from place) as "qualifiedHavePlaces",
       (select array_agg(id order by id) from item where state = 'WAITLISTED') is not distinct from
         (select array_agg(item_id order by item_id) from entry) as "waitingHaveEntries",
       not exists (select from item where state = 'REFUSAL_PENDING' and not exists (
         select from decision d where d.id = decision::uuid and d.item_id = item.id and d.stands)) as "refusedHaveDecisions",
       not exists (select from entry e where offered_on is not null and not exists (
         select from deadline where subject_id = e.item_id and kind = 'PLACE_OFFER_ANSWER' and ended_at is null)) as "offersHaveTerms",
       not exists (select from outbox group by aggregate_id having count(*) <> max(sequence)) as "historiesAreWhole"
     from programme_service s where s.programme_id = $1::uuid`,
    [programmeId],
  );
  return row;
}
const sound = {
  withinLimit: true,
  allCounted: true,
  nobodyWaitsInVain: true,
  qualifiedHavePlaces: true,
  waitingHaveEntries: true,
  refusedHaveDecisions: true,
  offersHaveTerms: true,
  historiesAreWhole: true,
};

test('places, offers and entries agree, whatever is done on two replicas at once', async () => {
  const step = fc.record({ who: fc.nat(5), act: fc.constantFrom(...acts), replica: fc.boolean() });
  const waves = fc.array(fc.array(step, { minLength: 2, maxLength: 5 }), { minLength: 4, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(waves, fc.nat(2), async (course, limit) => {
      const { offerId, programmeId } = await scenario.offer(limit, { queueRule: 'FILING_TIME' });
      const filed: Filed[] = [];
      for (let n = 0; n < 6; n += 1)
        filed.push(await scenario.file([offerId], { filedAt: `${addDays(today, -9 + (n >> 1))}T10:00:00Z` }));
      for (const application of filed) await attempt(application, { who: 0, act: 'qualification', replica: false });
      for (const application of filed) await attempt(application, { who: 0, act: 'waiting-list-entry', replica: true });
      let edition = 1;
      for (const wave of course) {
        await Promise.all(
          wave.map(async (one) => {
            if (one.act !== 'limit') return attempt(filed[one.who] as Filed, one);
            edition += 1;
            await scenario.tell(raised(programmeId, edition, limit + edition));
          }),
        );
        await scenario.service.sql(
          'update waiting_list_entry set answer_by = current_date - 3 where offered_on is not null',
        );
      }
      await scenario.known('select from programme where id = $1 and programme_version = $2', [programmeId, edition]);
      await scenario.service.eventually(async () => expect(await soundness(programmeId)).toEqual(sound));
    }),
    { numRuns: 12 },
  );
  const told = await scenario.service.sql<{ fact: string }>(
    `select distinct split_part(event::json ->> 'type', 'cases.', 2) as fact from outbox`,
  );
  const facts = told.map(({ fact }) => fact);
  for (const fact of ['application.qualified.v1', 'waiting-list-entry.place-offered.v1', 'decision.issued.v1'])
    expect(facts).toContain(fact);
}, 300_000);

const raised = (programmeId: string, programmeVersion: number, expectedPersons: number) =>
  event(programmeEnteredIntoForceV1, programmeId, {
    programmeVersion,
    terc: gmina,
    validFrom: addDays(today, -300),
    validTo: addDays(today, 300),
    services: [{ serviceCode: 'teleopieka', expectedPersons, queueRule: 'FILING_TIME' }],
    dataScope: [],
  });
