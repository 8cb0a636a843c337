import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { account, idOf, Scenario, today } from '../scenario';
import { providersService } from '../service';

let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
}, 60_000);
afterAll(() => service.stop());

const desk = { sub: 'desk-anna', roles: ['desk'] } as const;
const copy = async (id: string, body: object = {}) => {
  const answer = await service.http('POST', `/persons/${id}/copy`, { as: desk, body });
  const held = answer.body['held'] as { table: string; rows: Record<string, unknown>[] }[];
  return { ...answer, of: (table: string) => held.find((one) => one.table === table)?.rows };
};

describe('a copy of everything about somebody', () => {
  it('tells whoever performs services what is held of them, and leaves a trace', async () => {
    const { providerId } = await scenario.places(2);
    const body = { providerId, kind: 'STAFF', name: 'Zenobia Kanarkowa', from: today };
    const id = idOf(await service.http('POST', '/performers', { as: account(providerId), body }));
    const { status, of } = await copy(id);
    expect([status, of('performer'), of('service_order')]).toEqual([
      200,
      [expect.objectContaining({ id, name: 'Zenobia Kanarkowa' })],
      [],
    ]);
    expect(await service.sql('select act, purpose from access_log where person_id = $1', [id])).toContainEqual({
      act: 'EXPORT',
      purpose: 'DATA_SUBJECT_REQUEST',
    });
  });

  it('tells whoever receives services what is delivered to them, by their allocations', async () => {
    const order = await scenario.acceptedOrder(await scenario.places(2));
    await scenario.record(order, 1);
    const [row] = await service.sql<{ id: string }>('select allocation_id as id from service_order where id = $1', [
      order.id,
    ]);
    const { of } = await copy(row?.id ?? '', { allocationIds: [row?.id] });
    expect(of('service_order')).toMatchObject([{ id: order.id }]);
    expect(of('delivery')).toHaveLength(1);
  });

  it('is not for a provider', async () => {
    const { providerId } = await scenario.places(1);
    const as = { ...account(providerId), roles: ['provider', 'desk'] as const };
    expect((await service.http('POST', `/persons/${providerId}/copy`, { as, body: {} })).status).toBe(403);
  });
});
