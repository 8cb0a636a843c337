import type { Principal } from '@okienko/chassis/access';
import { type Answer, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { coordinator, idOf, organiser, Scenario } from '../scenario';
import { providersService } from '../service';

jest.setTimeout(60_000);

let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
});
afterAll(() => service.stop());

const name = 'Zenobia Kanarkowa';
const accountOf = (providerId: string, sub: string) => ({ sub, roles: ['provider'], providerId }) as const;
const record = (providerId: string, account: string, key?: string): Promise<Answer> =>
  service.http('POST', `/providers/${providerId}/staff`, {
    as: accountOf(providerId, 'head'),
    body: { account, name },
    ...(key && { key }),
  });
const act = (id: string, path: string, ifMatch: number, as: Partial<Principal>, body?: object, key?: string) =>
  service.http('POST', `/staff-members/${id}/${path}`, { as, ifMatch, ...(body && { body }), ...(key && { key }) });
const itemsOf = ({ body }: Answer) => (body as { items: unknown[] }).items;

it('a provider names who acts under its account: once, sealed, and told of without the name', async () => {
  const providerId = await scenario.registerProvider();
  const first = await record(providerId, 'anna', 'record-once');
  expect(await record(providerId, 'anna', 'record-once')).toMatchObject({ status: 201, body: first.body });
  const again = await record(providerId, 'anna');
  expect(again).toMatchObject({ status: 409, body: { type: expect.stringMatching(/account-already-named$/) } });
  const id = idOf(first);
  const told = await service.published('providers.staff-member.recorded.v1', id);
  expect(told.data).toEqual({ providerId, account: 'anna' });
  const [row] = await service.sql<{ text: string }>('select s::text as text from provider_staff s where id = $1', [id]);
  expect(row?.text).not.toContain(Buffer.from(name).toString('hex'));
  const list = await service.http('GET', `/providers/${providerId}/staff`, { as: accountOf(providerId, 'head') });
  expect(itemsOf(list)).toEqual([{ id, version: 1, account: 'anna', name, active: true }]);
  const log = await service.sql('select actor, act from access_log where person_id = $1 order by position', [id]);
  expect(log).toEqual([
    { actor: 'head', act: 'WRITE' },
    { actor: 'head', act: 'READ' },
  ]);
});

it('an account that was shut out gets nothing, for whatever provider role it has, until it is let in again', async () => {
  const providerId = await scenario.registerProvider();
  const id = idOf(await record(providerId, 'anna'));
  const [anna, head] = [accountOf(providerId, 'anna'), accountOf(providerId, 'head')];
  const reads = () => service.http('GET', `/providers/${providerId}`, { as: anna });
  const writes = () =>
    service.http('POST', '/places', { as: anna, body: { providerId, name: 'Klub', address: 'ul. Winna 9' } });
  expect(await reads()).toMatchObject({ status: 200 });
  expect(await act(id, 'deactivation', 1, anna)).toMatchObject({
    status: 422,
    body: { type: expect.stringMatching(/own-account$/) },
  });
  const shutOut = () => act(id, 'deactivation', 1, head, undefined, 'shut-out-once');
  expect(await shutOut()).toMatchObject({ status: 200 });
  expect(await shutOut()).toMatchObject({ status: 200, body: { version: 2 } });
  const refused = { status: 403, body: { type: expect.stringMatching(/account-inactive$/) } };
  expect(await reads()).toMatchObject(refused);
  expect(await writes()).toMatchObject(refused);
  const withStaffRole = { ...anna, roles: ['provider', 'director'] } as const;
  expect(await service.http('GET', '/providers', { as: withStaffRole })).toMatchObject(refused);
  // The same account name at another provider is somebody else.
  const elsewhere = accountOf(await scenario.registerProvider(), 'anna');
  expect(await service.http('GET', '/providers', { as: elsewhere })).toMatchObject({ status: 200 });
  expect(await act(id, 'reactivation', 2, head)).toMatchObject({ status: 200 });
  expect(await reads()).toMatchObject({ status: 200 });
  expect(await writes()).toMatchObject({ status: 201 });
});

it('every act of a provider keeps the account that did it, and shows its name to those who may see it', async () => {
  const place = await scenario.places(2);
  const { providerId } = place;
  const memberId = idOf(await record(providerId, 'anna'));
  const corrected = { name: 'Zenobia Kanarkowa-Szczygieł' };
  const head = accountOf(providerId, 'head');
  const correct = () => act(memberId, 'name', 1, head, corrected, 'correct-once');
  expect(await correct()).toMatchObject({ status: 200, body: { version: 2 } });
  expect(await correct()).toMatchObject({ status: 200, body: { version: 2 } });
  const [taken, refused] = [await scenario.refer(place), await scenario.refer(place)];
  const as = accountOf(providerId, 'anna');
  const order = (id: string, path: string, ifMatch: number, body?: object) =>
    service.http('POST', `/service-orders/${id}/${path}`, { as, ifMatch, ...(body && { body }) });
  expect(await order(taken.id, 'acceptance', taken.version)).toMatchObject({ status: 200 });
  const reason = { reasonCode: 'NO_QUALIFIED_STAFF' };
  expect(await order(refused.id, 'declination', refused.version, reason)).toMatchObject({ status: 200 });
  const deliveryId = idOf(await scenario.record(taken, 1));

  const acts = (who: Partial<Principal>, query = '') =>
    service.http('GET', `/providers/${providerId}/acts${query}`, { as: who });
  const shown = (act: string, subjectId: string, account: string, of: string | null) =>
    expect.objectContaining({ act, subjectId, account, name: of });
  const known = [
    shown('RECORD_STAFF', memberId, 'head', null),
    shown('CORRECT_STAFF', memberId, 'head', null),
    shown('ACCEPT_ORDER', taken.id, 'anna', corrected.name),
    shown('DECLINE_ORDER', refused.id, 'anna', corrected.name),
    shown('RECORD_DELIVERY', deliveryId, 'account', null),
  ];
  for (const who of [head, coordinator, organiser]) expect(itemsOf(await acts(who))).toEqual(known);
  expect(itemsOf(await acts(coordinator, `?subjectId=${taken.id}`))).toEqual([known[2]]);
  const auditor = itemsOf(await acts({ sub: 'auditor', roles: ['auditor'] })) as { account: string; name: unknown }[];
  expect(auditor.map(({ account, name: of }) => [account, of]).slice(2, 4)).toEqual([
    ['anna', null],
    ['anna', null],
  ]);
  const other = accountOf(await scenario.registerProvider(), 'head');
  expect(await acts(other)).toMatchObject({ status: 404 });
  expect(JSON.stringify(service.events())).not.toMatch(/Kanark|Szczygie/);
  await expect(service.sql('update provider_act set account = $1', ['x'])).rejects.toThrow(/append-only/);
});

it('whoever changes the list does so in the version that was read, and for their own provider', async () => {
  const providerId = await scenario.registerProvider();
  const id = idOf(await record(providerId, 'anna'));
  const head = accountOf(providerId, 'head');
  const other = accountOf(await scenario.registerProvider(), 'head');
  for (const path of ['name', 'deactivation', 'reactivation']) {
    const body = path === 'name' ? { name } : undefined;
    expect(await act(id, path, 9, head, body)).toMatchObject({ status: 412 });
    expect(await act(id, path, 1, other, body)).toMatchObject({ status: 404 });
  }
  expect(await act(id, 'reactivation', 1, head)).toMatchObject({ status: 409 });
});
