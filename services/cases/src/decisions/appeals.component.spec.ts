import { addDays } from '@okienko/contracts/calendar';
import type { Answer } from '@okienko/testing/service-test';
import { coordinator, desk, director, type Filed, type Json, organiser, problemOf, Scenario, today } from '../scenario';

jest.setTimeout(60_000);
let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

type Refused = Filed & { readonly itemId: string; readonly decisionId: string };

let numbers = 0;
const refusal = (authorisationId: string): Json => ({
  number: `CUS.5023.${(numbers += 1)}.2026`,
  legalBasis: 'art. 42 ust. 3',
  reasons: 'Limit miejsc jest wyczerpany.',
  authorisationId,
});
const authorised = (): Promise<string> => scenario.authorisation(organiser.sub, ['ISSUE_DECISIONS']);
const version = (decisionId: string): Promise<number> => scenario.version(`/decisions/${decisionId}`);
/** Every act twice under one key: the same answer, once done. */
async function act({ decisionId }: Refused, name: string, body: Json, as: object = organiser): Promise<Answer<Json>> {
  const key = `${name}-${(numbers += 1)}`;
  const seen = await version(decisionId);
  const send = () => scenario.post(`/decisions/${decisionId}/${name}`, as, body, seen, { key });
  const first = await send();
  if (first.status === 200) expect(await send()).toMatchObject({ status: 200, body: first.body });
  return first;
}
const clocks = (subjectId: string): Promise<unknown[]> =>
  scenario.service.sql(
    'select kind, due_on::text as due, ending from deadline where subject_id = $1 order by started_at, kind',
    [subjectId],
  );
const stateOf = async ({ id }: Filed): Promise<unknown> =>
  (await scenario.get(`/applications/${id}`, desk)).body['state'];

/** Refused so many days ago, and delivered the same day. */
async function refused(offerId: string, days = 0): Promise<Refused> {
  const application = await scenario.file([offerId]);
  const [itemId = ''] = application.itemIds;
  const { status, body } = await scenario.actOnItem(
    application,
    itemId,
    'refusal',
    organiser,
    refusal(await authorised()),
  );
  expect({ status, body }).toMatchObject({ status: 200 });
  const decisionId = body['decisionId'] as string;
  const issuedOn = addDays(today, -days);
  await scenario.service.sql('update decision set issued_on = $2 where id = $1', [decisionId, issuedOn]);
  const delivery = { deliveredOn: issuedOn, channel: 'POST' };
  expect(await scenario.post(`/decisions/${decisionId}/delivery`, desk, delivery, 1)).toMatchObject({ status: 200 });
  return { ...application, itemId, decisionId };
}
const appealed = async (offerId: string): Promise<Refused> => {
  const matter = await refused(offerId);
  expect(await act(matter, 'appeal', { filedOn: today, channel: 'POST' }, desk)).toMatchObject({ status: 200 });
  return matter;
};
const full = async (): Promise<string> => (await scenario.offer(0)).offerId;

describe('an appeal against a refusal', () => {
  it('is recorded, handed over in a week, and leaves the refusal as it is when it is upheld', async () => {
    const matter = await refused(await full());
    const { id, decisionId, itemId, personId } = matter;
    const { appealUntil } = (await scenario.get(`/decisions/${decisionId}`, director)).body['delivery'] as Json;
    expect(await clocks(decisionId)).toEqual([{ kind: 'APPEAL', due: appealUntil, ending: null }]);
    const twice = () =>
      scenario.post(`/decisions/${decisionId}/appeal`, desk, { filedOn: today, channel: 'IN_PERSON' }, 2, {
        key: `appeal-${decisionId}`,
      });
    const first = await twice();
    expect(first).toMatchObject({ status: 200, body: { version: 3 } });
    expect(await twice()).toMatchObject({ status: 200, body: first.body });
    expect(await stateOf(matter)).toBe('APPEALED');
    expect(await scenario.service.published('cases.decision.appealed.v1', decisionId)).toMatchObject({
      data: { applicationId: id, itemId, personId, filedOn: today, inTime: true },
    });
    expect(await clocks(decisionId)).toEqual([
      { kind: 'APPEAL', due: appealUntil, ending: 'MET' },
      { kind: 'APPEAL_HANDOVER', due: addDays(today, 7), ending: null },
    ]);
    expect(problemOf(await act(matter, 'ruling', { ruling: 'UPHELD', ruledOn: today }))).toEqual([409, 'wrong-state']);
    expect(await act(matter, 'handover', { handedOverOn: today }, desk)).toMatchObject({ status: 200 });
    expect(await act(matter, 'ruling', { ruling: 'UPHELD', ruledOn: today })).toMatchObject({ status: 200 });
    expect(await stateOf(matter)).toBe('REFUSED');
    expect(await scenario.facts(decisionId)).toEqual([
      'decision.issued',
      'decision.delivered',
      'decision.appealed',
      'decision.appeal-handed-over',
      'decision.upheld',
    ]);
    expect(await scenario.facts(id)).toEqual([
      'application.submitted',
      'application.refusal-pending',
      'application.refused',
      'application.appealed',
      'application.refused',
    ]);
    expect(await scenario.get(`/decisions/${decisionId}`, director)).toMatchObject({
      body: { state: 'UPHELD', stands: true, appeal: { inTime: true, handedOverOn: today, endedOn: today } },
    });
  });

  it('that quashes it opens the matter again, for another decision', async () => {
    const matter = await appealed(await full());
    await act(matter, 'handover', { handedOverOn: today });
    expect(await act(matter, 'ruling', { ruling: 'QUASHED', ruledOn: today })).toMatchObject({ status: 200 });
    expect(await stateOf(matter)).toBe('SUBMITTED');
    expect(await clocks(matter.id)).toMatchObject([{ ending: 'MET' }, { kind: 'QUALIFICATION', ending: null }]);
    const { status, body } = await scenario.actOnItem(
      matter,
      matter.itemId,
      'refusal',
      organiser,
      refusal(await authorised()),
    );
    expect(status).toBe(200);
    expect(await scenario.get(`/applications/${matter.id}`, desk)).toMatchObject({
      body: { items: [{ state: 'REFUSAL_PENDING', decisionId: body['decisionId'] }] },
    });
    expect(await clocks(matter.id)).toMatchObject([{ ending: 'MET' }, { ending: 'MET' }]);
  });

  it('may be withdrawn, and nothing more is done about it', async () => {
    const matter = await appealed(await full());
    expect(await act(matter, 'appeal-withdrawal', { withdrawnOn: today }, desk)).toMatchObject({ status: 200 });
    expect(await stateOf(matter)).toBe('REFUSED');
    expect(await clocks(matter.decisionId)).toMatchObject([{ ending: 'MET' }, { ending: 'DROPPED' }]);
    expect(problemOf(await act(matter, 'handover', { handedOverOn: today }))).toEqual([409, 'wrong-state']);
  });

  it('that is late is recorded as such, and the centre cannot grant it', async () => {
    const matter = await refused(await full(), 30);
    expect(problemOf(await act(matter, 'appeal', { filedOn: addDays(today, -31), channel: 'POST' }))).toEqual([
      422,
      'appeal-date-wrong',
    ]);
    expect(await act(matter, 'appeal', { filedOn: today, channel: 'POST' })).toMatchObject({ status: 200 });
    expect(await scenario.service.published('cases.decision.appealed.v1', matter.decisionId)).toMatchObject({
      data: { inTime: false },
    });
    const authorisationId = await authorised();
    expect(problemOf(await act(matter, 'self-review', { authorisationId }))).toEqual([422, 'appeal-late']);
    expect(await act(matter, 'handover', { handedOverOn: today })).toMatchObject({ status: 200 });
  });

  it('needs a delivered decision, the version that was seen, and the right person', async () => {
    const matter = await appealed(await full());
    const path = `/decisions/${matter.decisionId}/handover`;
    expect(problemOf(await scenario.post(path, desk, { handedOverOn: today }))).toEqual([428, 'version-required']);
    expect(problemOf(await scenario.post(path, desk, { handedOverOn: today }, 1))).toEqual([412, 'stale-version']);
    expect(problemOf(await act(matter, 'self-review', { authorisationId: await authorised() }, desk))).toEqual([
      403,
      'not-allowed',
    ]);
    const provider = { ...organiser, providerId: matter.id };
    expect(problemOf(await act(matter, 'self-review', { authorisationId: await authorised() }, provider))).toEqual([
      403,
      'reserved-for-centre',
    ]);
    expect(problemOf(await act(matter, 'appeal', { filedOn: today, channel: 'POST' }))).toEqual([409, 'wrong-state']);
  });
});

describe('a decision that the centre reviews itself', () => {
  it('takes a place and qualifies in the same act, within the limit', async () => {
    const { offerId, programmeId } = await scenario.offer(1);
    const holder = await scenario.qualified(offerId);
    const matter = await appealed(offerId);
    const authorisationId = await authorised();
    expect(problemOf(await act(matter, 'self-review', { authorisationId }, coordinator))).toEqual([
      403,
      'not-your-authorisation',
    ]);
    expect(problemOf(await act(matter, 'self-review', { authorisationId }))).toEqual([409, 'limit-reached']);
    expect(await stateOf(matter)).toBe('APPEALED');
    await scenario.actOnItem(holder, holder.itemId, 'withdrawal', desk);
    expect(await act(matter, 'self-review', { authorisationId })).toMatchObject({ status: 200 });
    expect(await stateOf(matter)).toBe('QUALIFIED');
    expect(await scenario.facts(matter.decisionId)).toContain('decision.reviewed');
    expect(
      await scenario.service.sql('select taken from programme_service where programme_id = $1', [programmeId]),
    ).toEqual([{ taken: 1 }]);
    expect(await scenario.get(`/decisions/${matter.decisionId}`, director)).toMatchObject({
      body: { state: 'REVIEWED', stands: false },
    });
  });

  it('never takes more places than there are, however many are reviewed at once', async () => {
    const { offerId } = await scenario.offer(2);
    const matters: Refused[] = [];
    for (let n = 0; n < 6; n += 1) matters.push(await appealed(offerId));
    const authorisationId = await authorised();
    const answers = await Promise.all(matters.map((matter) => act(matter, 'self-review', { authorisationId })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(answers.filter(({ status }) => status !== 200).map(problemOf)).toEqual(
      Array(4).fill([409, 'limit-reached']),
    );
  });

  it('grants the rest of what was granted in part', async () => {
    const { offerId } = await scenario.offer(1);
    const application = await scenario.file([offerId], { items: [{ offerId, quantity: 10 }] });
    const [itemId = ''] = application.itemIds;
    const authorisationId = await authorised();
    const { body } = await scenario.actOnItem(application, itemId, 'qualification', organiser, {
      quantity: 4,
      partRefusal: refusal(authorisationId),
    });
    const matter = { ...application, itemId, decisionId: body['decisionId'] as string };
    await act(matter, 'delivery', { deliveredOn: today, channel: 'POST' });
    expect(await act(matter, 'appeal', { filedOn: today, channel: 'POST' })).toMatchObject({ status: 200 });
    expect(await stateOf(matter)).toBe('QUALIFIED');
    expect(await act(matter, 'self-review', { authorisationId })).toMatchObject({ status: 200 });
    expect(await scenario.get(`/applications/${matter.id}`, desk)).toMatchObject({
      body: { items: [{ state: 'QUALIFIED', notice: { quantity: 10 } }] },
    });
  });
});

describe('a letter that nobody took', () => {
  it('counts as delivered 14 days after its first notice', async () => {
    const application = await scenario.file([await full()]);
    const [itemId = ''] = application.itemIds;
    const { body } = await scenario.actOnItem(application, itemId, 'refusal', organiser, refusal(await authorised()));
    const matter = { ...application, itemId, decisionId: body['decisionId'] as string };
    await scenario.service.sql('update decision set issued_on = $2 where id = $1', [
      matter.decisionId,
      addDays(today, -20),
    ]);
    const leave = (noticeLeftOn: string, more: Json = {}) =>
      act(matter, 'delivery', { noticeLeftOn, channel: 'POST', ...more }, desk);
    expect(problemOf(await leave(addDays(today, -13)))).toEqual([422, 'delivery-date-wrong']);
    expect(problemOf(await leave(addDays(today, -14), { deliveredOn: null }))).toEqual([400, 'invalid-request']);
    expect(problemOf(await leave(addDays(today, -14), { deliveredOn: today }))).toEqual([422, 'delivery-date-wrong']);
    expect(await leave(addDays(today, -14))).toMatchObject({ status: 200 });
    expect(await scenario.service.published('cases.decision.delivered.v1', matter.decisionId)).toMatchObject({
      data: { deliveredOn: today },
    });
  });
});

describe('what the table itself holds', () => {
  it('is one decision that stands per item, and no appeal without its day', async () => {
    const { decisionId } = await refused(await full());
    const copy = `insert into decision (id, version, unit, terc, kind, application_id, item_id, person_id, number, legal_basis, reasons,
        authorisation_id, appeal_days, issued_by, issued_on, state)
      select gen_random_uuid(), 1, unit, terc, kind, application_id, item_id, person_id, number || '-bis', legal_basis, reasons,
        authorisation_id, appeal_days, issued_by, issued_on, 'ISSUED' from decision where id = $1`;
    await expect(scenario.service.sql(copy, [decisionId])).rejects.toThrow('one_decision_stands_per_item');
    await expect(
      scenario.service.sql(`update decision set state = 'APPEALED' where id = $1`, [decisionId]),
    ).rejects.toThrow('appealed_with_its_day');
  });
});
