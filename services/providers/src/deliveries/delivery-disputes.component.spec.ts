import { addDays } from '@okienko/contracts/calendar';
import { type Answer, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { account, coordinator, gmina, idOf, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';
import type { ServiceOrderView } from '../service-orders/service-orders.dto';
import type { DeliveryView } from './deliveries.dto';

jest.setTimeout(60_000);

const desk = { sub: 'info-ewa', roles: ['desk'] } as const;
const finance = { sub: 'fin-iga', roles: ['finance'] } as const;

let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
});
afterAll(() => service.stop());

const order = async (): Promise<ServiceOrderView> => scenario.acceptedOrder(await scenario.places(1));
const act = (id: string, name: string, as: object, ifMatch: number, body: object = {}, key?: string): Promise<Answer> =>
  service.http('POST', `/deliveries/${id}/${name}`, { as, ifMatch, body, ...(key === undefined ? {} : { key }) });
const read = async (id: string): Promise<DeliveryView> =>
  (await service.http<DeliveryView>('GET', `/deliveries/${id}`, { as: coordinator })).body;
const told = async (id: string): Promise<string[]> => {
  const sql = `select event::jsonb ->> 'type' as name from outbox where aggregate_id = $1 order by sequence`;
  return (await service.sql<{ name: string }>(sql, [id])).map(({ name }) => name.split('.').at(-2) ?? '');
};
const problem = (status: number, code: string) => ({
  status,
  body: { type: expect.stringMatching(new RegExp(`/${code}$`)) },
});

describe('a delivery that is disputed', () => {
  it('is corrected by its provider, what it said before is kept, and the recipient confirms it at the desk', async () => {
    const ordered = await order();
    const provider = account(ordered.providerId);
    const id = idOf(await scenario.record(ordered, 5));
    expect(await act(id, 'dispute', desk, 1, { causeCode: 'LESS_DELIVERED' })).toMatchObject({ status: 200 });
    expect(await read(id)).toMatchObject({ state: 'DISPUTED', disputeCause: 'LESS_DELIVERED', version: 2 });
    const corrected = { deliveredOn: addDays(today, -1), quantity: 2 };
    const answer = { status: 200, body: { id, version: 3 } };
    expect(await act(id, 'correction', provider, 2, corrected, `correct-${id}`)).toMatchObject(answer);
    expect(await act(id, 'correction', provider, 2, corrected, `correct-${id}`)).toMatchObject(answer);
    expect(await read(id)).toMatchObject({ state: 'CORRECTED', disputeCause: null, ...corrected });
    const { body } = await service.http('GET', `/deliveries/${id}/versions`, { as: provider });
    expect(body).toEqual({
      items: [expect.objectContaining({ version: 2, deliveredOn: today, quantity: 5, replacedBy: provider.sub })],
    });
    expect(await act(id, 'acceptance', desk, 3)).toMatchObject(problem(403, 'desk-confirms-for-recipient'));
    expect(await act(id, 'acceptance', desk, 3, { confirmedBy: 'RECIPIENT_AT_DESK' })).toMatchObject({ status: 200 });
    const accepted = { state: 'ACCEPTED', acceptedBy: desk.sub, confirmedBy: 'RECIPIENT_AT_DESK' };
    expect(await read(id)).toMatchObject(accepted);
    expect(await told(id)).toEqual(['recorded', 'disputed', 'corrected', 'accepted']);
    const { data } = await service.published('providers.delivery.corrected.v1', id);
    expect(data).toMatchObject({ ...corrected, unit: 'HOUR', outcome: 'DELIVERED' });
  });

  it('gives its units back when the centre rejects it or the provider withdraws it', async () => {
    const ordered = await order();
    const [one, two] = [idOf(await scenario.record(ordered, 6)), idOf(await scenario.record(ordered, 4))];
    expect(await scenario.record(ordered, 1)).toMatchObject(problem(422, 'more-than-ordered'));
    const reject = (version: number) => act(one, 'rejection', coordinator, version, { reasonCode: 'NOT_DELIVERED' });
    expect(await reject(1)).toMatchObject(problem(409, 'wrong-state'));
    await act(one, 'dispute', coordinator, 1, { causeCode: 'NOT_DELIVERED' });
    expect(await reject(2)).toMatchObject({ status: 200 });
    expect(await read(one)).toMatchObject({ state: 'REJECTED', rejectReason: 'NOT_DELIVERED' });
    expect(await scenario.record(ordered, 7)).toMatchObject(problem(422, 'more-than-ordered'));
    const provider = account(ordered.providerId);
    expect(await act(two, 'withdrawal', provider, 1, {}, `withdraw-${two}`)).toMatchObject({ status: 200 });
    expect(await act(two, 'withdrawal', provider, 1, {}, `withdraw-${two}`)).toMatchObject({ status: 200 });
    expect(await read(two)).toMatchObject({ state: 'REJECTED', rejectReason: 'WITHDRAWN', version: 2 });
    expect(await scenario.record(ordered, 10)).toMatchObject({ status: 201 });
  });

  it('may be corrected after the end of its order, but to no more than was ordered', async () => {
    const ordered = await order();
    const id = idOf(await scenario.record(ordered, 5));
    await scenario.complete(ordered);
    const correct = (quantity: number) =>
      act(id, 'correction', account(ordered.providerId), 1, { deliveredOn: today, quantity });
    expect(await correct(11)).toMatchObject(problem(422, 'more-than-ordered'));
    expect(await correct(10)).toMatchObject({ status: 200 });
  });

  it('that was accepted is counted no more, until it is accepted anew', async () => {
    const ordered = await order();
    const id = idOf(await scenario.record(ordered, 5));
    await act(id, 'acceptance', coordinator, 1);
    expect(await act(id, 'dispute', coordinator, 2, { causeCode: 'OTHER' })).toMatchObject(problem(409, 'wrong-state'));
    const takeBack = () => act(id, 'acceptance-withdrawal', finance, 2, { causeCode: 'WRONG_TIME' }, `back-${id}`);
    expect(await takeBack()).toMatchObject({ status: 200, body: { version: 4 } });
    expect(await takeBack()).toMatchObject({ status: 200, body: { version: 4 } });
    const { data } = await service.published('providers.delivery.acceptance-withdrawn.v1', id);
    expect(data).toMatchObject({ deliveredOn: today, quantity: 5, unit: 'HOUR', causeCode: 'WRONG_TIME' });
    expect(await read(id)).toMatchObject({ state: 'DISPUTED', acceptedBy: null, disputeCause: 'WRONG_TIME' });
    expect(await act(id, 'acceptance', coordinator, 4)).toMatchObject({ status: 200 });
    await service.sql('update delivery set settlement_id = id where id = $1', [id]);
    expect(await act(id, 'acceptance-withdrawal', finance, 5, { causeCode: 'OTHER' })).toMatchObject(
      problem(409, 'delivery-settled'),
    );
  });
});

describe('a visit in vain', () => {
  const vain = { outcome: 'CLIENT_ABSENT', absenceCause: 'NOT_AT_HOME' };

  it('counts against the order, starts nothing, and its cause is told to nobody', async () => {
    const ordered = await order();
    const id = idOf(await scenario.record(ordered, 4, vain));
    expect(await read(id)).toMatchObject({ state: 'RECORDED', ...vain });
    expect(await scenario.orderOf(ordered.allocationId)).toMatchObject({ state: 'ACCEPTED' });
    expect(await scenario.record(ordered, 7)).toMatchObject(problem(422, 'more-than-ordered'));
    const absent = { outcome: 'PROVIDER_ABSENT', absenceCause: 'TRANSPORT' };
    expect(await scenario.record(ordered, 10, absent)).toMatchObject({ status: 201 });
    expect(await scenario.record(ordered, 6)).toMatchObject({ status: 201 });
    await act(id, 'acceptance', coordinator, 1);
    const missed = await service.published('providers.delivery.missed-accepted.v1', id);
    expect(missed).toMatchObject({ gmina, data: { plannedOn: today, quantity: 4, outcome: 'CLIENT_ABSENT' } });
    expect(JSON.stringify(missed)).not.toContain('NOT_AT_HOME');
    expect(await told(id)).toEqual(['missed', 'missed-accepted']);
  });

  it('is refused without a cause, and a delivery with one', async () => {
    const ordered = await order();
    const wrong = problem(422, 'absence-cause-mismatch');
    expect(await scenario.record(ordered, 1, { outcome: 'CLIENT_ABSENT' })).toMatchObject(wrong);
    expect(await scenario.record(ordered, 1, { absenceCause: 'OTHER' })).toMatchObject(wrong);
    expect(await scenario.record(ordered, 1, { startedAt: `${today}T08:00:00Z` })).toMatchObject(
      problem(422, 'delivered-times-wrong'),
    );
  });
});

it('a month of an order is accepted at once, but for what is disputed', async () => {
  const ordered = await order();
  const on = (deliveredOn: string) => scenario.record(ordered, 1, { deliveredOn });
  const days = Array.from({ length: 9 }, (_, index) => addDays(today, -index));
  const ids = [];
  for (const day of days) ids.push(idOf(await on(day)));
  await act(ids[0] as string, 'dispute', coordinator, 1, { causeCode: 'QUALITY' });
  const month = today.slice(0, 7);
  const due = days.filter((day, index) => index > 0 && day.startsWith(month)).length;
  const accept = () =>
    service.http('POST', `/service-orders/${ordered.id}/delivery-acceptances`, {
      as: coordinator,
      body: { month },
      key: `month-${ordered.id}`,
    });
  const answer = { status: 200, body: { id: ordered.id, month, accepted: due, left: 0 } };
  expect(await accept()).toMatchObject(answer);
  expect(await accept()).toMatchObject(answer);
  const list = async (state: string) =>
    (
      await service.http<{ items: unknown[] }>('GET', `/deliveries?orderId=${ordered.id}&state=${state}`, {
        as: coordinator,
      })
    ).body.items.length;
  expect(await list('ACCEPTED')).toBe(due);
  expect(await list('DISPUTED')).toBe(1);
});

describe('more than was ordered', () => {
  const permit = (orderId: string, as: object, key?: string) =>
    service.http('POST', `/service-orders/${orderId}/excess-permits`, {
      as,
      body: { quantity: 3, reasonCode: 'EMERGENCY' },
      ...(key === undefined ? {} : { key }),
    });

  it('is delivered by a permit of the organiser alone, and by no more than it says', async () => {
    const ordered = await order();
    idOf(await scenario.record(ordered, 10));
    expect(await scenario.record(ordered, 1)).toMatchObject(problem(422, 'more-than-ordered'));
    const given = await permit(ordered.id, organiser, `permit-${ordered.id}`);
    expect(await permit(ordered.id, organiser, `permit-${ordered.id}`)).toMatchObject({
      status: 201,
      body: given.body,
    });
    const { data } = await service.published('providers.excess-permit.given.v1', idOf(given));
    expect(data).toMatchObject({ orderId: ordered.id, quantity: 3, covers: ['QUANTITY'], reasonCode: 'EMERGENCY' });
    expect(await scenario.record(ordered, 4)).toMatchObject(problem(422, 'more-than-ordered'));
    expect(await scenario.record(ordered, 3)).toMatchObject({ status: 201 });
    const { body } = await service.http('GET', `/service-orders/${ordered.id}/excess-permits`, {
      as: account(ordered.providerId),
    });
    expect(body).toMatchObject({ items: [{ id: idOf(given), quantity: 3, givenBy: organiser.sub, givenOn: today }] });
  });

  it('is never permitted by a provider, nor for an order that is not in work', async () => {
    const place = await scenario.places(2);
    const waiting = await scenario.refer(place);
    const provider = account(waiting.providerId);
    expect(await permit(waiting.id, provider)).toMatchObject({ status: 403 });
    const mistaken = { ...provider, roles: ['provider', 'services-organiser'] };
    expect(await permit(waiting.id, mistaken)).toMatchObject(problem(403, 'reserved-for-centre'));
    expect(await permit(waiting.id, coordinator)).toMatchObject({ status: 403 });
    expect(await permit(waiting.id, organiser)).toMatchObject(problem(409, 'wrong-state'));
  });
});

describe('who may', () => {
  const provider = 'own provider';
  const other = 'other provider';
  const may: readonly [act: string, body: object, allowed: readonly string[]][] = [
    ['acceptance', {}, ['coordinator', 'services-organiser', 'finance']],
    ['acceptance', { confirmedBy: 'RECIPIENT_AT_DESK' }, ['coordinator', 'services-organiser', 'finance', 'desk']],
    ['dispute', { causeCode: 'OTHER' }, ['coordinator', 'services-organiser', 'finance', 'desk']],
    ['acceptance-withdrawal', { causeCode: 'OTHER' }, ['coordinator', 'services-organiser', 'finance']],
    ['rejection', { reasonCode: 'OTHER' }, ['coordinator', 'services-organiser']],
    ['correction', { deliveredOn: today, quantity: 1 }, [provider]],
    ['withdrawal', {}, [provider]],
  ];
  const roles = [
    'desk',
    'coordinator',
    'services-organiser',
    'community-organiser',
    'director',
    'finance',
    'auditor',
    'operator',
  ];

  test.each(may)('%s %j', async (name, body, allowed) => {
    const ordered = await order();
    const id = idOf(await scenario.record(ordered, 1));
    const callers: Record<string, object> = Object.fromEntries(
      roles.map((role) => [role, { sub: role, roles: [role] }]),
    );
    callers[provider] = account(ordered.providerId);
    callers[other] = account(await scenario.registerProvider());
    for (const [caller, as] of Object.entries(callers)) {
      // A version that nobody has: whoever may is told so, and nothing changes.
      const { status } = await act(id, name, as, 77, body);
      const isProviders = allowed.includes(provider);
      expect([caller, status]).toEqual([
        caller,
        allowed.includes(caller) ? 412 : caller === other && isProviders ? 404 : 403,
      ]);
    }
    expect(await read(id)).toMatchObject({ version: 1, state: 'RECORDED' });
  });

  it('another provider sees nothing of it', async () => {
    const ordered = await order();
    const id = idOf(await scenario.record(ordered, 1));
    await service.http('POST', `/service-orders/${ordered.id}/excess-permits`, {
      as: organiser,
      body: { quantity: 1, reasonCode: 'OTHER' },
    });
    const as = account(await scenario.registerProvider());
    expect(await service.http('GET', `/deliveries/${id}/versions`, { as })).toMatchObject({ status: 404 });
    const permits = await service.http('GET', `/service-orders/${ordered.id}/excess-permits`, { as });
    expect(permits).toMatchObject({ status: 404 });
  });
});
