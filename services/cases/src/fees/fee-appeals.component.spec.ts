import { addDays, type Day } from '@okienko/contracts/calendar';
import type { FeeData } from '@okienko/contracts/fees/schema';
import { generateNrb } from '@okienko/identifiers/nrb-generator';
import { Clock } from '@okienko/messaging/clock';
import type { Answer } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { desk, coordinator, director, finance, idOf, type Json, problemOf, Scenario, today } from '../scenario';
import { clockFrom } from '../terms/clocks';

class MovedClock extends Clock {
  private days = 0;
  override now(): Date {
    return new Date(Date.now() + this.days * 24 * 60 * 60 * 1000);
  }
  to(day: Day): void {
    this.days = (Date.parse(day) - Date.parse(today)) / (24 * 60 * 60 * 1000);
  }
}

jest.setTimeout(60_000);
const clock = new MovedClock();
let scenario: Scenario;
let authorisationId: string;
beforeAll(async () => {
  scenario = await Scenario.start(clock);
  const validTo = addDays(today, 200);
  authorisationId = await scenario.authorisation(director.sub, ['ISSUE_DECISIONS'], { validTo });
}, 60_000);
beforeEach(() => clock.to(today));
afterAll(() => scenario.stop());

const daily: FeeData = { rule: 'FLAT', grosze: 1000, per: 'DAY' };
const decidedOn = addDays(clockFrom('FEE_PAYMENT', today, 10).dueOn, 1);
const appealUntil = clockFrom('APPEAL', decidedOn).dueOn;
const after = addDays(appealUntil, 10);
let numbers = 0;

interface Decided {
  readonly id: string;
  readonly decisionId: string;
}

const act = async (
  { id, decisionId }: Decided,
  what: string,
  body: Json,
  as: object = director,
): Promise<Answer<Json>> =>
  scenario.twice(`/fees/${id}/decisions/${decisionId}/${what}`, as, body, await scenario.version(`/fees/${id}`));
const fee = async ({ id }: Decided): Promise<Json> => (await scenario.get(`/fees/${id}`, director)).body;
const clocks = ({ decisionId }: Decided): Promise<Json[]> =>
  scenario.service.sql(
    'select kind, due_on as "dueOn", ending from deadline where subject_id = $1 order by started_at',
    [decisionId],
  );

/** A fee of 10 zł that was not paid, and the decision on it. */
async function decided(): Promise<Decided> {
  clock.to(today);
  const { id: applicationId, itemId } = await scenario.qualified(
    (await scenario.offer(9, { terms: { fee: daily } })).offerId,
  );
  const terms = { from: today, to: today, virtualAccount: generateNrb((numbers += 1)), dueDays: 10 };
  const id = idOf(await scenario.post(`/applications/${applicationId}/items/${itemId}/fee`, coordinator, terms));
  clock.to(decidedOn);
  await scenario.service.eventually(
    async () => expect((await scenario.get(`/fees/${id}`, director)).body).toMatchObject({ state: 'OVERDUE' }),
    30_000,
  );
  return { id, decisionId: await decide(id) };
}

async function decide(id: string): Promise<string> {
  const words = { legalBasis: 'art. 43 ust. 2', reasons: 'Nie zapłacono w terminie.' };
  const body = { number: `CUS.O.${uuidv7()}`, ...words, authorisationId };
  const answer = await scenario.post(`/fees/${id}/decision`, director, body, await scenario.version(`/fees/${id}`));
  expect(answer).toMatchObject({ status: 200 });
  return answer.body['decisionId'] as string;
}

async function appealed(): Promise<Decided> {
  const matter = await decided();
  expect(await act(matter, 'delivery', { deliveredOn: decidedOn, channel: 'POST' }, desk)).toMatchObject({
    status: 200,
  });
  clock.to(appealUntil);
  const appeal = { filedOn: appealUntil, channel: 'POST' };
  expect(await act(matter, 'appeal', appeal, desk)).toMatchObject({ status: 200 });
  return matter;
}

describe('an appeal against the decision on an unpaid fee (art. 48)', () => {
  it('goes to the appeal body within seven days, and only what it upholds is enforced', async () => {
    const matter = await appealed();
    const { id, decisionId } = matter;
    expect(await clocks(matter)).toEqual([
      { kind: 'APPEAL', dueOn: appealUntil, ending: 'MET' },
      { kind: 'APPEAL_HANDOVER', dueOn: clockFrom('APPEAL_HANDOVER', appealUntil).dueOn, ending: null },
    ]);
    expect(await scenario.service.published('cases.fee.decision-appealed.v1', id)).toMatchObject({
      data: { decisionId, filedOn: appealUntil, inTime: true },
    });
    clock.to(after);
    const enforcement = { startedOn: after };
    expect(problemOf(await act(matter, 'enforcement', enforcement, finance))).toEqual([422, 'decision-not-final']);
    expect(problemOf(await act(matter, 'ruling', { ruling: 'UPHELD', ruledOn: after }))).toEqual([409, 'wrong-state']);
    expect(problemOf(await act(matter, 'handover', { handedOverOn: addDays(appealUntil, -1) }))).toEqual([
      422,
      'appeal-date-wrong',
    ]);
    expect(await act(matter, 'handover', { handedOverOn: appealUntil })).toMatchObject({ status: 200 });
    expect((await clocks(matter)).map(({ ending }) => ending)).toEqual(['MET', 'MET']);
    expect(await act(matter, 'ruling', { ruling: 'UPHELD', ruledOn: after })).toMatchObject({ status: 200 });
    expect(await act(matter, 'enforcement', enforcement, finance)).toMatchObject({ status: 200 });
    expect(await fee(matter)).toMatchObject({
      state: 'ENFORCED',
      decisions: [
        { state: 'UPHELD', enforcedOn: after, appeal: { inTime: true, handedOverOn: appealUntil, endedOn: after } },
      ],
    });
    expect((await scenario.facts(id)).slice(4)).toEqual([
      'fee.decision-appealed',
      'fee.decision-appeal-handed-over',
      'fee.decision-upheld',
      'fee.enforcement-started',
    ]);
  });

  it('that quashes it leaves the fee overdue, for another decision', async () => {
    const matter = await appealed();
    await act(matter, 'handover', { handedOverOn: appealUntil });
    expect(await act(matter, 'ruling', { ruling: 'QUASHED', ruledOn: appealUntil })).toMatchObject({ status: 200 });
    expect(await fee(matter)).toMatchObject({ state: 'OVERDUE', decisions: [{ state: 'QUASHED' }] });
    clock.to(after);
    expect(problemOf(await act(matter, 'enforcement', { startedOn: after }, finance))).toEqual([409, 'wrong-state']);
    await decide(matter.id);
    expect(await fee(matter)).toMatchObject({ state: 'DECISION_ISSUED', decisions: [{}, { state: 'ISSUED' }] });
  });

  it('is granted by the centre itself under an authorisation, or withdrawn', async () => {
    const [granted, withdrawn] = [await appealed(), await appealed()];
    const review = { authorisationId };
    expect(problemOf(await act(granted, 'self-review', review, coordinator))).toEqual([403, 'not-allowed']);
    const organiser = { sub: 'ous-olga', roles: ['services-organiser'] };
    expect(problemOf(await act(granted, 'self-review', review, organiser))).toEqual([403, 'not-your-authorisation']);
    expect(await act(granted, 'self-review', review)).toMatchObject({ status: 200 });
    expect(await fee(granted)).toMatchObject({ state: 'OVERDUE', decisions: [{ state: 'REVIEWED' }] });
    expect(await scenario.service.published('cases.fee.decision-reviewed.v1', granted.id)).toMatchObject({
      data: { decisionId: granted.decisionId, reviewedOn: appealUntil, authorisationId },
    });
    expect(await act(withdrawn, 'appeal-withdrawal', { withdrawnOn: appealUntil }, desk)).toMatchObject({
      status: 200,
    });
    expect((await clocks(withdrawn)).map(({ ending }) => ending)).toEqual(['MET', 'DROPPED']);
    clock.to(after);
    expect(await act(withdrawn, 'enforcement', { startedOn: after }, finance)).toMatchObject({ status: 200 });
  });

  it('needs a delivered decision, the version that was seen, and the right person', async () => {
    const matter = await decided();
    const appeal = { filedOn: decidedOn, channel: 'POST' };
    expect(problemOf(await act(matter, 'appeal', appeal))).toEqual([409, 'wrong-state']);
    const path = `/fees/${matter.id}/decisions/${matter.decisionId}/appeal`;
    expect(problemOf(await scenario.post(path, desk, appeal))).toEqual([428, 'version-required']);
    expect(problemOf(await scenario.post(path, desk, appeal, 1))).toEqual([412, 'stale-version']);
    expect(problemOf(await scenario.post(path, finance, appeal, 3))).toEqual([403, 'not-allowed']);
    expect(problemOf(await scenario.post(path, { ...desk, unit: 'north' }, appeal, 3))).toEqual([404, 'not-found']);
    expect(problemOf(await act({ ...matter, decisionId: uuidv7() }, 'appeal', appeal))).toEqual([404, 'not-found']);
  });
});

describe('the decision on an unpaid fee that nobody took', () => {
  it('counts as delivered 14 days after its first notice', async () => {
    const matter = await decided();
    clock.to(addDays(decidedOn, 14));
    const leave = (noticeLeftOn: Day, more: Json = {}) =>
      act(matter, 'delivery', { noticeLeftOn, channel: 'POST', ...more }, desk);
    expect(problemOf(await leave(addDays(decidedOn, 1)))).toEqual([422, 'delivery-date-wrong']);
    expect(problemOf(await leave(decidedOn, { deliveredOn: decidedOn }))).toEqual([422, 'delivery-date-wrong']);
    expect(await leave(decidedOn)).toMatchObject({ status: 200 });
    const deliveredOn = addDays(decidedOn, 14);
    const delivery = { deliveredOn, noticeLeftOn: decidedOn, appealUntil: clockFrom('APPEAL', deliveredOn).dueOn };
    expect(await fee(matter)).toMatchObject({ decisions: [{ state: 'DELIVERED', delivery }] });
  });
});
