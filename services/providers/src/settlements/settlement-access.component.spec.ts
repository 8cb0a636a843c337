import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { account, coordinator, organiser } from '../scenario';
import { providersService } from '../service';
import { current, month, named, ola, problem, SettlementScenario } from './scenario';

jest.setTimeout(120_000);

let service: ServiceUnderTest;
let scenario: SettlementScenario;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new SettlementScenario(service);
});
afterAll(() => service.stop());

describe('who may do what', () => {
  const roles = [
    'desk',
    'coordinator',
    'services-organiser',
    'community-organiser',
    'director',
    'finance',
    'provider',
    'partner',
    'auditor',
    'operator',
  ] as const;
  const may: Record<string, readonly string[]> = {
    computation: ['provider', 'finance', 'services-organiser'],
    costs: ['provider'],
    submission: ['provider'],
    return: ['finance', 'director'],
    check: ['finance'],
    approval: ['director', 'finance'],
    payment: ['finance'],
  };

  it.each(Object.entries(may))('%s is for %j alone', async (act, allowed) => {
    const settlement = await scenario.opened(await scenario.agreed());
    for (const role of roles) {
      const as = role === 'provider' ? account(settlement.providerId) : { sub: role, roles: [role] };
      // A version that nobody has seen: whoever may act is told so, and nothing happens.
      const { status } = await scenario.act(settlement, act, { as, ifMatch: 99, body: bodies[act] ?? {} });
      expect([role, status]).toEqual([role, allowed.includes(role) ? 412 : 403]);
    }
  });

  const bodies: Record<string, object> = {
    costs: { costs: [] },
    submission: { kind: 'BILL', number: '1', issuedOn: '2026-01-01', grosze: 1 },
    return: { reasonCode: 'OTHER' },
    payment: { paidOn: '2026-01-01' },
  };

  it('a provider account never decides, whatever role it has, and sees only what is its own', async () => {
    const agreed = await scenario.agreed();
    const settlement = await scenario.submitted(agreed);
    const mixed = { ...account(agreed.providerId), roles: ['provider', 'finance', 'director'] as const };
    for (const [act, body] of [
      ['check', {}],
      ['approval', {}],
      ['return', { reasonCode: 'OTHER' }],
      ['payment', { paidOn: '2026-01-01' }],
    ] as const)
      expect(problem(await scenario.act(settlement, act, { as: mixed, body }))).toEqual([403, 'reserved-for-centre']);
    const stranger = account(await scenario.scenario.registerProvider());
    expect((await scenario.open(agreed, current, { as: stranger })).status).toBe(404);
    for (const act of ['computation', 'submission', 'costs'])
      expect((await scenario.act(settlement, act, { as: stranger, ifMatch: 99, body: bodies[act] ?? {} })).status).toBe(
        404,
      );
    for (const what of ['', '/lines', '/lines.csv', '/settlement.json', '/invoice-data'])
      expect((await service.http('GET', `/settlements/${settlement.id}${what}`, { as: stranger })).status).toBe(404);
    const list = async (as: object) =>
      (
        await service.http<{ items: { id: string }[] }>(
          'GET',
          `/settlements?month=${named(month)}&agreementId=${agreed.agreementId}`,
          { as },
        )
      ).body.items;
    expect(await list(stranger)).toEqual([]);
    for (const as of [account(agreed.providerId), coordinator, organiser, ola])
      expect((await list(as)).map(({ id }) => id)).toEqual([settlement.id]);
  });
});
