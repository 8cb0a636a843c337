import { addDays } from '@okienko/contracts/calendar';
import { programmeEndedV1 } from '@okienko/contracts/catalogue/programme-ended.v1';
import { programmeEnteredIntoForceV1 } from '@okienko/contracts/catalogue/programme-entered-into-force.v1';
import { event } from '@okienko/contracts/event';
import type { Answer } from '@okienko/testing/service-test';
import fc from 'fast-check';
import {
  coordinator,
  desk,
  director,
  type Filed,
  gmina,
  idOf,
  type Json,
  organiser,
  problemOf,
  Scenario,
  today,
} from '../scenario';
import { clockFrom } from '../terms/clocks';

jest.setTimeout(60_000);
let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

type Asked = Filed & { readonly itemId: string };
interface Queue {
  readonly offerId: string;
  readonly programmeId: string;
  readonly holder: Asked;
}

/** A service with one place, which is taken. */
async function full(terms: Json = {}): Promise<Queue> {
  const { offerId, programmeId } = await scenario.offer(1, { queueRule: 'FILING_TIME', terms });
  return { offerId, programmeId, holder: await scenario.qualified(offerId) };
}
async function asked(offerId: string, more: Json = {}): Promise<Asked> {
  const application = await scenario.file([offerId], more);
  return { ...application, itemId: application.itemIds[0] ?? '' };
}
let keys = 0;
/** Every act twice under one key: the same answer, once done. */
async function act(
  { id, itemId }: Asked,
  name: string,
  as: object = coordinator,
  body: Json = {},
): Promise<Answer<Json>> {
  const key = `${name}-${(keys += 1)}`;
  const seen = await scenario.version(`/applications/${id}`);
  const send = () => scenario.post(`/applications/${id}/items/${itemId}/${name}`, as, body, seen, { key });
  const first = await send();
  if (first.status === 200) expect(await send()).toMatchObject({ status: 200, body: first.body });
  return first;
}
/** Waits since so many days ago. */
async function waits(offerId: string, days: number, more: Json = {}): Promise<Asked> {
  const application = await asked(offerId, { filedAt: `${addDays(today, -days)}T10:00:00Z`, ...more });
  expect(await act(application, 'waiting-list-entry')).toMatchObject({ status: 200 });
  return application;
}
const free = ({ holder }: Queue) => act(holder, 'withdrawal', desk);
const stateOf = async ({ id }: Asked): Promise<unknown> =>
  (await scenario.get(`/applications/${id}`, desk)).body['state'];
const entryOf = async ({ id, itemId }: Asked): Promise<Json> =>
  (await scenario.get(`/applications/${id}/items/${itemId}/waiting-list-entry`, desk)).body;
const entryId = async ({ itemId }: Asked): Promise<string> => {
  const [entry] = await scenario.service.sql<{ id: string }>('select id from waiting_list_entry where item_id = $1', [
    itemId,
  ]);
  return entry?.id ?? '';
};
async function listed({ programmeId }: Queue, limit = 50): Promise<Json[]> {
  const items: Json[] = [];
  let after = '';
  do {
    const query = `programmeId=${programmeId}&serviceCode=teleopieka&limit=${limit}${after && `&after=${after}`}`;
    const { body } = await scenario.get(`/waiting-lists?${query}`, organiser);
    items.push(...(body['items'] as Json[]));
    after = (body['next'] as string | undefined) ?? '';
  } while (after);
  return items;
}
const order = async (queue: Queue): Promise<unknown[]> => (await listed(queue)).map(({ itemId }) => itemId);
const taken = async ({ programmeId }: Queue): Promise<number | undefined> => {
  const [row] = await scenario.service.sql<{ taken: number }>(
    'select taken from programme_service where programme_id = $1',
    [programmeId],
  );
  return row?.taken;
};
const clock = (subjectId: string, kind: string): Promise<unknown[]> =>
  scenario.service.sql(
    'select due_on::text as due, ending from deadline where subject_id = $1 and kind = $2 order by started_at',
    [subjectId, kind],
  );
const edition = ({ programmeId }: Queue, programmeVersion: number, expectedPersons: number) =>
  event(programmeEnteredIntoForceV1, programmeId, {
    programmeVersion,
    terc: gmina,
    validFrom: addDays(today, -300),
    validTo: addDays(today, 300),
    services: [{ serviceCode: 'teleopieka', expectedPersons, queueRule: 'FILING_TIME' }],
    dataScope: [],
  });

describe('a place that is freed', () => {
  it('is held for the first on the list at once, and taken by the answer', async () => {
    const queue = await full();
    const [first, second] = [await waits(queue.offerId, 9), await waits(queue.offerId, 8)];
    expect(await entryOf(second)).toMatchObject({ position: 2, length: 2, offeredOn: null, estimate: null });
    expect(problemOf(await act(first, 'place-offer/acceptance'))).toEqual([409, 'wrong-state']);
    expect(await free(queue)).toMatchObject({ status: 200 });

    const { dueOn: answerBy } = clockFrom('PLACE_OFFER_ANSWER', today);
    const entry = await entryOf(first);
    expect(entry).toMatchObject({ position: null, offeredOn: today, answerBy, estimate: null });
    expect(
      await scenario.service.published('cases.waiting-list-entry.place-offered.v1', await entryId(first)),
    ).toMatchObject({
      gmina,
      data: { applicationId: first.id, itemId: first.itemId, personId: first.personId, offeredOn: today, answerBy },
    });
    expect(await clock(first.itemId, 'PLACE_OFFER_ANSWER')).toEqual([{ due: answerBy, ending: null }]);
    expect([await taken(queue), await stateOf(first)]).toEqual([1, 'WAITLISTED']);
    expect(problemOf(await act(second, 'qualification'))).toEqual([409, 'others-wait']);
    const stranger = await asked(queue.offerId);
    expect(problemOf(await act(stranger, 'qualification'))).toEqual([409, 'others-wait']);

    const path = `/applications/${first.id}/items/${first.itemId}/place-offer/acceptance`;
    const accept = () => scenario.post(path, coordinator, {}, 2, { key: `accept-${first.id}` });
    const accepted = await accept();
    expect(accepted).toMatchObject({ status: 200, body: { version: 3 } });
    expect(await accept()).toMatchObject({ status: 200, body: accepted.body });
    expect([await taken(queue), await stateOf(first)]).toEqual([1, 'QUALIFIED']);
    expect(await clock(first.itemId, 'PLACE_OFFER_ANSWER')).toEqual([{ due: answerBy, ending: 'MET' }]);
    expect(await entryOf(second)).toMatchObject({ position: 1, length: 1, estimate: { fromDays: 90, toDays: 180 } });
    expect(await scenario.facts(first.id)).toEqual([
      'application.submitted',
      'application.waitlisted',
      'application.qualified',
    ]);
  });

  it('goes to the next when it is declined, and the entry ends as withdrawn', async () => {
    const queue = await full();
    const [first, second] = [await waits(queue.offerId, 9), await waits(queue.offerId, 8)];
    await free(queue);
    const declinedEntry = await entryId(first);
    expect(await act(first, 'place-offer/decline', desk)).toMatchObject({ status: 200 });
    expect(await stateOf(first)).toBe('WITHDRAWN');
    expect(await scenario.facts(declinedEntry)).toEqual([
      'waiting-list-entry.place-offered',
      'waiting-list-entry.place-declined',
    ]);
    expect([(await entryOf(second))['offeredOn'], await taken(queue)]).toEqual([today, 1]);
  });

  it('goes to the next when nobody answers in time, and whoever was silent goes last', async () => {
    const queue = await full();
    const [first, second, third] = [
      await waits(queue.offerId, 9),
      await waits(queue.offerId, 8),
      await waits(queue.offerId, 7),
    ];
    await free(queue);
    expect(problemOf(await act(first, 'place-offer/lapse'))).toEqual([422, 'answer-still-awaited']);
    await scenario.service.sql('update waiting_list_entry set answer_by = $2 where item_id = $1', [
      first.itemId,
      addDays(today, -1),
    ]);
    expect(await act(first, 'place-offer/lapse')).toMatchObject({ status: 200 });
    expect([await stateOf(first), await taken(queue)]).toEqual(['WAITLISTED', 1]);
    expect(await order(queue)).toEqual([second.itemId, third.itemId, first.itemId]);
    expect((await entryOf(first))['position']).toBe(2);
    expect(await clock(first.itemId, 'PLACE_OFFER_ANSWER')).toMatchObject([{ ending: 'DROPPED' }]);
    expect(await scenario.facts(await entryId(first))).toContain('waiting-list-entry.place-lapsed');
  });

  it('goes to the next when whom it is held for is refused or withdraws', async () => {
    const queue = await full();
    const [first, second, third] = [
      await waits(queue.offerId, 9),
      await waits(queue.offerId, 8),
      await waits(queue.offerId, 7),
    ];
    await free(queue);
    const authorisationId = await scenario.authorisation(organiser.sub, ['ISSUE_DECISIONS']);
    const refusal = { number: `W.${first.id}`, legalBasis: 'art. 42 ust. 3', reasons: 'Wyprowadzka.', authorisationId };
    expect(await act(first, 'refusal', organiser, refusal)).toMatchObject({ status: 200 });
    expect((await entryOf(second))['offeredOn']).toBe(today);
    expect(await act(second, 'withdrawal', desk)).toMatchObject({ status: 200 });
    expect([(await entryOf(third))['offeredOn'], await taken(queue)]).toEqual([today, 1]);
    expect(
      problemOf(await scenario.get(`/applications/${second.id}/items/${second.itemId}/waiting-list-entry`, desk)),
    ).toEqual([404, 'not-found']);
    expect(await clock(second.itemId, 'PLACE_OFFER_ANSWER')).toMatchObject([{ ending: 'DROPPED' }]);
  });

  it('comes also of a new edition with a higher limit, once', async () => {
    const queue = await full();
    const waiting = [await waits(queue.offerId, 9), await waits(queue.offerId, 8), await waits(queue.offerId, 7)];
    await scenario.tell(edition(queue, 2, 3));
    const offered = async () => (await Promise.all(waiting.map(entryOf))).map(({ offeredOn }) => offeredOn);
    await scenario.service.eventually(async () => expect(await offered()).toEqual([today, today, null]));
    expect(await taken(queue)).toBe(3);
    await scenario.tell(edition(queue, 3, 2));
    await scenario.known('select from programme where id = $1 and programme_version = 3', [queue.programmeId]);
    expect([await offered(), await taken(queue)]).toEqual([[today, today, null], 3]);
  });
});

describe('the order of the list', () => {
  it('is the time of filing, then the first priority met, then the item', async () => {
    const oldest = [{ anyOf: [{ allOf: [{ kind: 'AGE', from: 80 }] }] }];
    const queue = await full({ priorities: [{ code: 'OLDEST', criteria: oldest }] });
    const born = async (birthDate: string) =>
      idOf(await scenario.post('/persons', desk, { givenName: 'A', familyName: 'B', terc: gmina, birthDate }));
    const [young, old] = [await born('1990-01-01'), await born('1930-01-01')];
    const later = await waits(queue.offerId, 5, { personId: await born('1930-02-02') });
    const first = await waits(queue.offerId, 8, { personId: young });
    const second = await waits(queue.offerId, 8);
    const priority = await waits(queue.offerId, 8, { personId: old });
    expect(await order(queue)).toEqual([priority, first, second, later].map(({ itemId }) => itemId));
    expect((await listed(queue, 1)).map(({ position, priorityCode }) => [position, priorityCode])).toEqual([
      [1, 'OLDEST'],
      [2, null],
      [3, null],
      [4, 'OLDEST'],
    ]);
  });

  it('is jumped only forward, with a reason, by those who answer for it', async () => {
    const queue = await full();
    const [a, b, c, d] = [
      await waits(queue.offerId, 9),
      await waits(queue.offerId, 8),
      await waits(queue.offerId, 7),
      await waits(queue.offerId, 6),
    ];
    const jump = (who: Asked, before: number, as: object = organiser) =>
      act(who, 'waiting-list-jump', as, { reasonCode: 'SUDDEN_CRISIS', before });
    expect(problemOf(await jump(d, 2, coordinator))).toEqual([403, 'not-allowed']);
    expect(problemOf(await jump(b, 2))).toEqual([422, 'not-ahead']);
    expect(problemOf(await act(d, 'waiting-list-jump', organiser, { before: 2 }))).toEqual([400, 'invalid-request']);
    expect(await jump(d, 2)).toMatchObject({ status: 200 });
    expect(await order(queue)).toEqual([a, d, b, c].map(({ itemId }) => itemId));
    expect(await jump(c, 3, director)).toMatchObject({ status: 200 });
    expect(await order(queue)).toEqual([a, d, c, b].map(({ itemId }) => itemId));
    expect(await jump(b, 1)).toMatchObject({ status: 200 });
    expect(await order(queue)).toEqual([b, a, d, c].map(({ itemId }) => itemId));
    expect(await scenario.service.published('cases.waiting-list-entry.jumped.v1', await entryId(d))).toMatchObject({
      data: { itemId: d.itemId, reasonCode: 'SUDDEN_CRISIS', from: 4, to: 2 },
    });
    await free(queue);
    expect([(await entryOf(b))['offeredOn'], (await entryOf(a))['position']]).toEqual([today, 1]);
  });

  it('is what is left of it by any row of jumps', async () => {
    const queue = await full();
    let expected: string[] = [];
    for (const days of [9, 9, 8, 8, 8]) expected.push((await waits(queue.offerId, days)).itemId);
    const applications = await listed(queue);
    const jump = fc.record({ from: fc.integer({ min: 1, max: 4 }), by: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(fc.array(jump, { minLength: 2, maxLength: 6 }), async (jumps) => {
        for (const { from, by } of jumps) {
          const to = Math.max(0, from - 1 - by);
          const itemId = expected[from] ?? '';
          const { applicationId } = applications.find((one) => one['itemId'] === itemId) ?? {};
          const path = `/applications/${String(applicationId)}/items/${itemId}/waiting-list-jump`;
          const answer = await scenario.post(path, organiser, { reasonCode: 'CRISIS', before: to + 1 }, 2);
          expect(answer.status).toBe(200);
          expected = expected.toSpliced(from, 1).toSpliced(to, 0, itemId);
          expect(await order(queue)).toEqual(expected);
        }
      }),
      { numRuns: 8 },
    );
  });

  it('is paged with every entry once, and a cursor that was tampered with is refused', async () => {
    const queue = await full();
    const waiting = [await waits(queue.offerId, 9), await waits(queue.offerId, 8), await waits(queue.offerId, 7)];
    expect((await listed(queue, 2)).map(({ itemId }) => itemId)).toEqual(waiting.map(({ itemId }) => itemId));
    for (const values of [['x', '0', '0', '0', '0'], ['1']]) {
      const after = Buffer.from(JSON.stringify(values)).toString('base64url');
      const answer = await scenario.get(
        `/waiting-lists?programmeId=${queue.programmeId}&serviceCode=teleopieka&after=${after}`,
        organiser,
      );
      expect(problemOf(answer)).toEqual([400, 'cursor-malformed']);
    }
    const elsewhere = await scenario.get(`/waiting-lists?programmeId=${queue.programmeId}&serviceCode=teleopieka`, {
      ...coordinator,
      unit: 'north',
    });
    expect(elsewhere.body['items']).toEqual([]);
  });
});

describe('who waits', () => {
  it('may demand a decision, which is then owed within a month', async () => {
    const queue = await full();
    const application = await waits(queue.offerId, 9);
    expect(await clock(application.id, 'QUALIFICATION')).toMatchObject([{ ending: 'MET' }]);
    expect(await act(application, 'decision-demand', desk)).toMatchObject({ status: 200 });
    expect(await clock(application.id, 'QUALIFICATION')).toMatchObject([
      { ending: 'MET' },
      { due: clockFrom('QUALIFICATION', today).dueOn, ending: null },
    ]);
    const authorisationId = await scenario.authorisation(organiser.sub, ['ISSUE_DECISIONS']);
    const refusal = {
      number: `D.${application.id}`,
      legalBasis: 'art. 42 ust. 3',
      reasons: 'Brak miejsc.',
      authorisationId,
    };
    expect(await act(application, 'refusal', organiser, refusal)).toMatchObject({ status: 200 });
    expect(await clock(application.id, 'QUALIFICATION')).toMatchObject([{ ending: 'MET' }, { ending: 'MET' }]);
    expect(await order(queue)).toEqual([]);
    expect(problemOf(await act(application, 'decision-demand', desk))).toEqual([409, 'wrong-state']);
  });

  it('does not vanish when the programme ends: a decision is owed', async () => {
    const queue = await full();
    const application = await waits(queue.offerId, 9);
    await scenario.tell(event(programmeEndedV1, queue.programmeId, { endedOn: today }));
    await scenario.service.eventually(async () =>
      expect(await listed(queue)).toMatchObject([
        { itemId: application.itemId, decideBy: clockFrom('QUALIFICATION', today).dueOn },
      ]),
    );
    expect(await clock(application.id, 'QUALIFICATION')).toMatchObject([{ ending: 'MET' }, { ending: null }]);
    expect(await free(queue)).toMatchObject({ status: 200 });
    expect(await entryOf(application)).toMatchObject({ position: 1, offeredOn: null });
    expect(problemOf(await act(application, 'qualification'))).toEqual([422, 'programme-not-in-force']);
    const authorisationId = await scenario.authorisation(organiser.sub, ['ISSUE_DECISIONS']);
    const refusal = {
      number: `E.${application.id}`,
      legalBasis: 'art. 42 ust. 3',
      reasons: 'Koniec programu.',
      authorisationId,
    };
    expect(await act(application, 'refusal', organiser, refusal)).toMatchObject({ status: 200 });
    expect(await clock(application.id, 'QUALIFICATION')).toMatchObject([{ ending: 'MET' }, { ending: 'MET' }]);
  });

  it('is completed by the database when the version before this one enters them', async () => {
    const queue = await full();
    const application = await asked(queue.offerId, { filedAt: `${addDays(today, -3)}T10:00:00Z` });
    await scenario.service.sql(
      `insert into waiting_list_entry (item_id, programme_id, service_code, filed_at)
       select $1, $2, 'teleopieka', filed_at from application where id = $3`,
      [application.itemId, queue.programmeId, application.id],
    );
    expect(await listed(queue)).toMatchObject([
      {
        applicationId: application.id,
        itemId: application.itemId,
        personId: application.personId,
        offerId: queue.offerId,
      },
    ]);
  });
});
