import { addDays } from '@okienko/contracts/calendar';
import { coordinator, desk, type Filed, idOf, organiser, problemOf, Scenario, today } from '../scenario';

jest.setTimeout(60_000);
let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const senior = [{ anyOf: [{ allOf: [{ kind: 'AGE', from: 75 }] }] }];
const born = async (birthDate?: string): Promise<string> => {
  const person = { givenName: 'Żaneta', familyName: 'Łoś', terc: '2861011', ...(birthDate ? { birthDate } : {}) };
  return idOf(await scenario.post('/persons', desk, person));
};
const yearsAgo = (years: number): string => addDays(today, -Math.round(years * 365.25));

async function filed(
  offerId: string,
  more: { birthDate?: string; quantity?: number } = {},
): Promise<Filed & { itemId: string }> {
  const { birthDate, quantity } = more;
  const items = [{ offerId, ...(quantity === undefined ? {} : { quantity }) }];
  const application = await scenario.file([offerId], { personId: await born(birthDate), items });
  return { ...application, itemId: application.itemIds[0] ?? '' };
}
const qualify = (application: Filed & { itemId: string }, body: object = {}, as: object = coordinator) =>
  scenario.actOnItem(application, application.itemId, 'qualification', as, body);
const clocks = (subjectId: string): Promise<unknown[]> =>
  scenario.service.sql('select kind, ending from deadline where subject_id = $1 order by started_at', [subjectId]);

let numbers = 0;
const refusal = (authorisationId: string): object => ({
  number: `CUS.5022.${(numbers += 1)}.2026`,
  legalBasis: 'art. 42 ust. 3',
  reasons: 'Więcej godzin nie mieści się w limicie.',
  authorisationId,
});

describe('qualification by the conditions of the programme', () => {
  it('takes who meets them, and gives notice for how long', async () => {
    const { offerId } = await scenario.offer(3, {
      terms: { criteria: senior as never, grantedFor: { length: 2, period: 'MONTH' } },
    });
    const application = await filed(offerId, { birthDate: yearsAgo(80) });
    const { status, body } = await qualify(application);
    expect({ status, body }).toMatchObject({ status: 200, body: { id: application.id, version: 2 } });
    expect(body['noticeNumber']).toMatch(/^KU\/main\/\d+\/\d{4}$/);
    const grantedUntil = body['grantedUntil'] as string;
    expect(grantedUntil > addDays(today, 56) && grantedUntil < addDays(today, 62)).toBe(true);
    expect(await scenario.service.published('cases.application.qualified.v1', application.id)).toMatchObject({
      data: { itemId: application.itemId, programmeVersion: 1, qualifiedOn: today, grantedUntil },
    });
    expect(await scenario.get(`/applications/${application.id}`, desk)).toMatchObject({
      body: { items: [{ state: 'QUALIFIED', notice: { number: body['noticeNumber'], grantedUntil } }] },
    });
    expect(await clocks(application.id)).toEqual([{ kind: 'QUALIFICATION', ending: 'MET' }]);
  });

  it('names what is not met, and what is not known, and changes nothing', async () => {
    const { offerId, programmeId } = await scenario.offer(3, { terms: { criteria: senior as never } });
    const [young, unknown] = [await filed(offerId, { birthDate: yearsAgo(40) }), await filed(offerId)];
    const errors = [{ pointer: '/criteria/0', detail: 'wiek: co najmniej 75 lat' }];
    const unmet = await qualify(young);
    expect([problemOf(unmet), unmet.body['errors']]).toEqual([[422, 'criteria-unmet'], errors]);
    const missing = await qualify(unknown);
    expect([problemOf(missing), missing.body['errors']]).toEqual([[422, 'facts-missing'], errors]);
    for (const { id } of [young, unknown]) expect(await scenario.facts(id)).toEqual(['application.submitted']);
    expect(
      await scenario.service.sql('select taken from programme_service where programme_id = $1', [programmeId]),
    ).toEqual([{ taken: 0 }]);
  });

  it('is tried without changing anything but the access log', async () => {
    const { offerId } = await scenario.offer(3, { terms: { criteria: senior as never } });
    const application = await filed(offerId, { birthDate: yearsAgo(40) });
    const path = `/applications/${application.id}/items/${application.itemId}/qualification-trial`;
    const tried = await scenario.post(path, coordinator, {}, undefined, { key: `trial-${application.id}` });
    expect(tried).toMatchObject({
      status: 200,
      body: {
        outcome: 'UNMET',
        programmeVersion: 1,
        places: 3,
        taken: 0,
        requirements: [{ anyOf: [{ allOf: [{ kind: 'AGE', finding: 'ukończone 40 lat' }] }] }],
      },
    });
    const kept = await scenario.service.sql('select result from idempotency_key where key = $1', [
      `trial-${application.id}`,
    ]);
    expect(kept).toEqual([]);
    expect(await scenario.facts(application.id)).toEqual(['application.submitted']);
    expect(await scenario.accesses(application.personId)).toContainEqual(
      expect.objectContaining({ act: 'READ', actor: coordinator.sub, caseRef: application.id }),
    );
    expect(problemOf(await scenario.post(path, desk))).toEqual([403, 'not-allowed']);
    const provider = { ...coordinator, providerId: application.id };
    expect(problemOf(await scenario.post(path, provider))).toEqual([403, 'reserved-for-centre']);
    expect(problemOf(await qualify(application, {}, provider))).toEqual([403, 'reserved-for-centre']);
  });

  it('is done once under one Idempotency-Key, and numbers its notices without a gap', async () => {
    const { offerId } = await scenario.offer(20);
    const { offerId: otherId } = await scenario.offer(20);
    const applications = await Promise.all(Array.from({ length: 14 }, (_, n) => filed(n % 2 ? offerId : otherId)));
    const answers = await Promise.all(
      applications.map(async ({ id, itemId }) => {
        const twice = () =>
          scenario.post(`/applications/${id}/items/${itemId}/qualification`, coordinator, {}, 1, { key: `once-${id}` });
        const first = await twice();
        expect(await twice()).toMatchObject({ status: 200, body: first.body });
        expect(await scenario.facts(id)).toEqual(['application.submitted', 'application.qualified']);
        return Number(String(first.body['noticeNumber']).split('/')[2]);
      }),
    );
    const least = Math.min(...answers);
    expect(answers.sort((one, other) => one - other)).toEqual(answers.map((_, index) => least + index));
  });

  it('asks for one’s own authorisation where one is named', async () => {
    const { offerId } = await scenario.offer(2);
    const application = await filed(offerId);
    const plans = await scenario.authorisation(coordinator.sub, ['APPROVE_PLANS']);
    const others = await scenario.authorisation(organiser.sub, ['ISSUE_DECISIONS']);
    expect(problemOf(await qualify(application, { authorisationId: plans }))).toEqual([
      422,
      'authorisation-does-not-cover',
    ]);
    expect(problemOf(await qualify(application, { authorisationId: others }))).toEqual([403, 'not-your-authorisation']);
    const authorisationId = await scenario.authorisation(coordinator.sub, ['ISSUE_DECISIONS']);
    expect(await qualify(application, { authorisationId })).toMatchObject({ status: 200 });
    expect(await scenario.get(`/applications/${application.id}`, desk)).toMatchObject({
      body: { items: [{ notice: { authorisationId } }] },
    });
  });
});

describe('a part of what was asked for', () => {
  it('is granted, and the rest is owed a decision', async () => {
    const application = await filed((await scenario.offer(5)).offerId, { quantity: 10 });
    expect(problemOf(await qualify(application, { quantity: 11 }))).toEqual([422, 'quantity-wrong']);
    expect(await qualify(application, { quantity: 4 })).toMatchObject({ status: 200 });
    expect(await clocks(application.id)).toEqual([{ kind: 'QUALIFICATION', ending: null }]);
    const authorisationId = await scenario.authorisation(organiser.sub, ['ISSUE_DECISIONS']);
    const { body } = await scenario.actOnItem(
      application,
      application.itemId,
      'part-refusal',
      organiser,
      refusal(authorisationId),
    );
    const decisionId = body['decisionId'] as string;
    expect(await clocks(application.id)).toEqual([{ kind: 'QUALIFICATION', ending: 'MET' }]);
    expect(await scenario.service.published('cases.decision.issued.v1', decisionId)).toMatchObject({
      data: { kind: 'PART_REFUSAL' },
    });
    const delivery = { deliveredOn: today, channel: 'POST' };
    expect(await scenario.post(`/decisions/${decisionId}/delivery`, desk, delivery, 1)).toMatchObject({ status: 200 });
    expect(await scenario.facts(application.id)).toEqual([
      'application.submitted',
      'application.qualified',
      'application.part-refused',
    ]);
    expect(await scenario.get(`/applications/${application.id}`, desk)).toMatchObject({
      body: { state: 'QUALIFIED', items: [{ quantity: 10, notice: { quantity: 4 }, decisionId }] },
    });
    const again = await scenario.actOnItem(
      application,
      application.itemId,
      'part-refusal',
      organiser,
      refusal(authorisationId),
    );
    expect(problemOf(again)).toEqual([409, 'nothing-left-to-decide']);
  });

  it('may be refused in the act that grants the other', async () => {
    const application = await filed((await scenario.offer(5)).offerId, { quantity: 10 });
    const authorisationId = await scenario.authorisation(organiser.sub, ['ISSUE_DECISIONS']);
    const body = { quantity: 4, partRefusal: refusal(authorisationId) };
    expect(problemOf(await qualify(application, body))).toEqual([403, 'not-your-authorisation']);
    const answer = await qualify(application, body, organiser);
    expect(answer).toMatchObject({ status: 200, body: { version: 3 } });
    expect(await scenario.get(`/decisions/${String(answer.body['decisionId'])}`, organiser)).toMatchObject({
      body: { kind: 'PART_REFUSAL', stands: true, reasons: 'Więcej godzin nie mieści się w limicie.' },
    });
    expect(await clocks(application.id)).toEqual([{ kind: 'QUALIFICATION', ending: 'MET' }]);
  });

  it('is owed its decision also when the place came from the waiting list', async () => {
    const { offerId } = await scenario.offer(1, { queueRule: 'FILING_TIME' });
    const holder = await scenario.qualified(offerId);
    const application = await filed(offerId, { quantity: 10 });
    await scenario.actOnItem(application, application.itemId, 'waiting-list-entry');
    expect(await clocks(application.id)).toMatchObject([{ ending: 'MET' }]);
    await scenario.actOnItem(holder, holder.itemId, 'withdrawal');
    expect(await qualify(application, { quantity: 4 })).toMatchObject({ status: 200 });
    expect(await clocks(application.id)).toMatchObject([{ ending: 'MET' }, { ending: null }]);
  });

  it('may be granted later as well', async () => {
    const application = await filed((await scenario.offer(5)).offerId, { quantity: 10 });
    await qualify(application, { quantity: 4 });
    const rest = () => scenario.actOnItem(application, application.itemId, 'rest-qualification');
    expect(await rest()).toMatchObject({ status: 200 });
    expect(problemOf(await rest())).toEqual([409, 'nothing-left-to-decide']);
    expect(await scenario.get(`/applications/${application.id}`, desk)).toMatchObject({
      body: { items: [{ notice: { quantity: 10 } }] },
    });
  });
});
