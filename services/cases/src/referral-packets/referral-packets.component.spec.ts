import { addDays } from '@okienko/contracts/calendar';
import { v7 as uuidv7 } from 'uuid';
import { type Asked, coordinator, desk, idOf, type Json, problemOf, Scenario, today } from '../scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 120_000);
afterAll(() => scenario.stop());
jest.setTimeout(60_000);

const packet = (orderId: string, providerId?: string) =>
  scenario.get(`/service-orders/${orderId}/referral-packet`, {
    sub: 'account',
    roles: ['provider'],
    ...(providerId === undefined ? {} : { providerId }),
  });

/** A single service of a person with a phone and a PESEL, under a programme that says this of referrals. */
async function allocated(referralScope?: string[]): Promise<Asked & { personId: string; pesel: string }> {
  const pesel = scenario.pesel();
  const contact = { phone: '+48600100200', email: 'zaneta@example.org', language: 'uk' };
  const identifier = { kind: 'PESEL', value: pesel };
  const person = { givenName: 'Żaneta', familyName: 'Łoś', terc: '2861011', identifier, contact };
  const personId = idOf(await scenario.post('/persons', desk, person));
  const dataScope = ['IDENTITY', 'CONTACT', 'PESEL', 'ADDRESS', 'HEALTH'];
  const { offerId } = await scenario.offer(5, { dataScope, ...(referralScope ? { referralScope } : {}) });
  const application = await scenario.qualified(offerId, { personId });
  const terms = { from: today, to: addDays(today, 30), quantity: 8, place: 'u pani w domu', schedule: 'we wtorki' };
  const path = `/applications/${application.id}/items/${application.itemId}/allocation`;
  const allocationId = idOf(await scenario.post(path, coordinator, terms));
  return { allocationId, offerId, providerId: application.providerId, personId, pesel };
}

async function taken(asked: Asked): Promise<string> {
  const orderId = await scenario.accept(asked);
  await scenario.allocationBecomes(asked.allocationId, { state: 'ACCEPTED' });
  return orderId;
}

describe('a referral packet', () => {
  it('tells the provider that has taken the order whom, where and when, and each read is logged', async () => {
    const { personId, ...asked } = await allocated();
    const orderId = await taken(asked);
    expect(await packet(orderId, asked.providerId)).toMatchObject({
      status: 200,
      body: {
        orderId,
        allocationId: asked.allocationId,
        quantity: 8,
        unit: 'HOUR',
        place: 'u pani w domu',
        schedule: 'we wtorki',
        categories: ['IDENTITY', 'CONTACT'],
        person: { givenName: 'Żaneta', familyName: 'Łoś', phone: '+48600100200', language: 'uk' },
      },
    });
    await packet(orderId, asked.providerId.toUpperCase());
    const reads = (await scenario.accesses(personId)).filter(({ actor }) => actor === 'account');
    const entry = { act: 'READ', purpose: 'SERVICE_ORDER', groups: ['PLAN', 'IDENTITY', 'CONTACT'] };
    expect(reads).toMatchObject([entry, entry]);
  });

  it('takes place and schedule from the plan where there is one', async () => {
    const plan = await scenario.approvedPlan();
    const { body } = await packet(await taken(plan), plan.providerId);
    expect(body).toMatchObject({ place: 'u pani w domu', schedule: 'codziennie 22–6' });
  });

  it.each<[string[], string[]]>([
    [['IDENTITY'], ['familyName', 'givenName']],
    [['PESEL'], ['birthDate', 'identifier']],
    [['ADDRESS', 'HEALTH'], ['terc']],
    [[], []],
  ])('under %j tells %j and nothing else', async (scope, fields) => {
    const { pesel, ...asked } = await allocated(scope);
    const { status, body } = await packet(await taken(asked), asked.providerId);
    expect(status).toBe(200);
    expect(Object.keys(body['person'] as Json).sort()).toEqual(fields);
    const text = JSON.stringify(body);
    for (const [secret, category] of [
      [pesel, 'PESEL'],
      ['Łoś', 'IDENTITY'],
      ['+48600100200', 'CONTACT'],
      ['zaneta@example.org', 'never'],
    ] as const)
      expect(text.includes(secret)).toBe(scope.includes(category));
  });

  it('is for nobody else, and not before the provider has taken the order', async () => {
    const asked = await allocated();
    expect(problemOf(await packet(uuidv7(), asked.providerId))).toEqual([404, 'not-found']);
    const orderId = await taken(asked);
    for (const stranger of [uuidv7(), 'no-uuid', undefined])
      expect(problemOf(await packet(orderId, stranger))).toEqual([404, 'not-found']);
    expect(problemOf(await scenario.get(`/service-orders/${orderId}/referral-packet`, coordinator))).toEqual([
      403,
      'not-allowed',
    ]);
  });

  it('is not for a provider that has declined', async () => {
    const asked = await allocated();
    await scenario.decline(asked);
    const { orderId } = await scenario.allocationBecomes(asked.allocationId, { state: 'DECLINED' });
    expect(problemOf(await packet(orderId as string, asked.providerId))).toEqual([404, 'not-found']);
  });

  it('can be read until thirty days after the end, to settle accounts', async () => {
    const asked = await allocated();
    const orderId = await taken(asked);
    const resignation = { resignedOn: today };
    expect(
      await scenario.post(`/allocations/${asked.allocationId}/resignation`, coordinator, resignation, 3),
    ).toMatchObject({ status: 200 });
    const endedOn = (day: string) =>
      scenario.service.sql('update allocation set ended_on = $2 where id = $1', [asked.allocationId, day]);
    await endedOn(addDays(today, -30));
    expect(await packet(orderId, asked.providerId)).toMatchObject({ status: 200 });
    await endedOn(addDays(today, -31));
    expect(problemOf(await packet(orderId, asked.providerId))).toEqual([404, 'not-found']);
  });
});
