import { addDays } from '@okienko/contracts/calendar';
import { v7 as uuidv7 } from 'uuid';
import { coordinator, desk, director, type Filed, operator, organiser, problemOf, Scenario, today } from '../scenario';
import { clockFrom } from '../terms/clocks';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

let numbers = 0;
const refusal = (authorisationId: string, more: object = {}): object => ({
  number: `CUS.5021.${(numbers += 1)}.2026`,
  legalBasis: 'art. 42 ust. 3 ustawy z dnia 19 lipca 2019 r.',
  reasons: 'Limit miejsc jest wyczerpany, a program nie prowadzi kolejki.',
  authorisationId,
  ...more,
});
const filed = async (): Promise<Filed & { itemId: string }> => {
  const application = await scenario.file([(await scenario.offer(0)).offerId]);
  return { ...application, itemId: application.itemIds[0] ?? '' };
};
const authorised = (): Promise<string> => scenario.authorisation(organiser.sub, ['ISSUE_DECISIONS']);

async function refused(): Promise<{ application: Filed & { itemId: string }; decisionId: string }> {
  const application = await filed();
  const { status, body } = await scenario.actOnItem(
    application,
    application.itemId,
    'refusal',
    organiser,
    refusal(await authorised()),
  );
  expect({ status, body }).toMatchObject({ status: 200, body: { id: application.id, version: 2, decisionVersion: 1 } });
  return { application, decisionId: body['decisionId'] as string };
}

describe('a refusal (art. 42(3))', () => {
  it('is a decision first, and a refusal once it is delivered', async () => {
    const { application, decisionId } = await refused();
    const { id, itemId, personId } = application;
    expect(await scenario.get(`/applications/${id}`, desk)).toMatchObject({ body: { state: 'REFUSAL_PENDING' } });
    expect(await scenario.service.published('cases.decision.issued.v1', decisionId)).toMatchObject({
      data: { applicationId: id, itemId, personId, kind: 'REFUSAL', appealDays: 14 },
    });
    const delivery = { deliveredOn: today, channel: 'E_DORECZENIA' };
    expect(await scenario.post(`/decisions/${decisionId}/delivery`, desk, delivery, 1)).toMatchObject({
      status: 200,
      body: { id: decisionId, version: 2 },
    });
    expect(await scenario.service.published('cases.decision.delivered.v1', decisionId)).toMatchObject({
      data: { deliveredOn: today, appealUntil: clockFrom('APPEAL', today).dueOn },
    });
    expect(await scenario.service.published('cases.application.refused.v1', id)).toMatchObject({
      data: { itemId, personId, decisionId },
    });
    expect(await scenario.get(`/applications/${id}`, desk)).toMatchObject({
      body: { state: 'REFUSED', items: [{ state: 'REFUSED', decisionId }] },
    });
    expect(await scenario.facts(id)).toEqual([
      'application.submitted',
      'application.refusal-pending',
      'application.refused',
    ]);
    expect(await scenario.facts(decisionId)).toEqual(['decision.issued', 'decision.delivered']);
  });

  it('keeps its reasons encrypted, and every reading of them on record', async () => {
    const { application, decisionId } = await refused();
    const [row] = await scenario.service.sql<{ reasons: string }>(
      "select encode(reasons, 'escape') as reasons from decision where id = $1",
      [decisionId],
    );
    expect(row?.reasons).not.toContain('Limit miejsc');
    expect(await scenario.get(`/decisions/${decisionId}`, director)).toMatchObject({
      body: { reasons: 'Limit miejsc jest wyczerpany, a program nie prowadzi kolejki.' },
    });
    expect(await scenario.accesses(application.personId)).toContainEqual(
      expect.objectContaining({ act: 'READ', actor: director.sub, groups: ['DECISION'], caseRef: application.id }),
    );
  });

  it('is issued only under an authorisation of one’s own that covers it today', async () => {
    const application = await filed();
    const refuse = (authorisationId: string, as: object = organiser) =>
      scenario.actOnItem(application, application.itemId, 'refusal', as, refusal(authorisationId));
    const past = { validFrom: addDays(today, -9), validTo: addDays(today, -1) };
    expect(problemOf(await refuse(await scenario.authorisation(organiser.sub, ['APPROVE_PLANS'])))).toEqual([
      422,
      'authorisation-does-not-cover',
    ]);
    expect(problemOf(await refuse(await scenario.authorisation(organiser.sub, ['ISSUE_DECISIONS'], past)))).toEqual([
      422,
      'authorisation-does-not-cover',
    ]);
    const revoked = await authorised();
    await scenario.post(`/authorisations/${revoked}/revocation`, operator, {}, 1);
    expect(problemOf(await refuse(revoked))).toEqual([422, 'authorisation-does-not-cover']);
    expect(problemOf(await refuse(await authorised(), director))).toEqual([403, 'not-your-authorisation']);
    expect(problemOf(await refuse(uuidv7()))).toEqual([404, 'not-found']);
    expect(problemOf(await refuse(await authorised(), { ...organiser, providerId: uuidv7() }))).toEqual([
      403,
      'reserved-for-centre',
    ]);
    expect(problemOf(await refuse(await authorised(), desk))).toEqual([403, 'not-allowed']);
    expect(await scenario.facts(application.id)).toEqual(['application.submitted']);
  });

  it('has a number of its own', async () => {
    const [one, two] = [await filed(), await filed()];
    const body = refusal(await authorised());
    expect(await scenario.actOnItem(one, one.itemId, 'refusal', organiser, body)).toMatchObject({ status: 200 });
    expect(problemOf(await scenario.actOnItem(two, two.itemId, 'refusal', organiser, body))).toEqual([
      409,
      'decision-number-used',
    ]);
  });

  it('is not issued for what is qualified, nor twice, nor withdrawn from once issued', async () => {
    const authorisationId = await authorised();
    const qualified = await scenario.qualified((await scenario.offer(1)).offerId);
    expect(
      problemOf(await scenario.actOnItem(qualified, qualified.itemId, 'refusal', organiser, refusal(authorisationId))),
    ).toEqual([409, 'wrong-state']);
    const { application } = await refused();
    expect(
      problemOf(
        await scenario.actOnItem(application, application.itemId, 'refusal', organiser, refusal(authorisationId)),
      ),
    ).toEqual([409, 'wrong-state']);
    expect(problemOf(await scenario.actOnItem(application, application.itemId, 'withdrawal', coordinator))).toEqual([
      409,
      'wrong-state',
    ]);
  });

  it('cannot stand in the table without its decision, whatever the code does', async () => {
    const { application } = await refused();
    const update = `update application set items = (items #- '{0,decisionId}') where id = $1`;
    await expect(scenario.service.sql(update, [application.id])).rejects.toThrow('no_refusal_without_decision');
  });
});

describe('delivery of a decision', () => {
  it('happens once, between its issue and today', async () => {
    const { decisionId } = await refused();
    const deliver = (deliveredOn: string, version?: number) =>
      scenario.post(`/decisions/${decisionId}/delivery`, desk, { deliveredOn, channel: 'POST' }, version);
    expect(problemOf(await deliver(today))).toEqual([428, 'version-required']);
    expect(problemOf(await deliver(today, 5))).toEqual([412, 'stale-version']);
    expect(problemOf(await deliver(addDays(today, 1), 1))).toEqual([422, 'delivery-date-wrong']);
    expect(problemOf(await deliver(addDays(today, -1), 1))).toEqual([422, 'delivery-date-wrong']);
    expect(await deliver(today, 1)).toMatchObject({ status: 200 });
    expect(problemOf(await deliver(today, 2))).toEqual([409, 'wrong-state']);
  });
});
