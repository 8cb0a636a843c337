import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { account, coordinator, idOf, organiser } from '../scenario';
import { providersService } from '../service';

jest.setTimeout(60_000);

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startForTest(providersService);
});
afterAll(() => service.stop());

const ngo = { kind: 'NGO', name: { pl: 'Fundacja Blisko' } };
const register = (body: object, key?: string) =>
  service.http('POST', '/providers', { as: organiser, body, ...(key && { key }) });

describe('registering a provider', () => {
  it('answers with its id and says so by kind and gmina', async () => {
    const body = { ...ngo, nip: '5260250274', regon: '123456785', krs: '0000123456', terc: '2861011' };
    const id = idOf(await register(body));
    const told = await service.published('providers.provider.registered.v1', id);
    expect(told).toMatchObject({ subject: id, sequence: '0000000001', gmina: '2861011' });
    expect(told.data).toEqual({ kind: 'NGO', terc: '2861011' });
    const seen = await service.http('GET', `/providers/${id}`, { as: coordinator });
    expect(seen).toMatchObject({ status: 200, body: { id, version: 1, ...body, address: null } });
  });

  it('keeps the name and the address of a natural person out of the event', async () => {
    const address = 'ul. Wzorcowa 1, Elbląg';
    const person = { kind: 'NATURAL_PERSON', name: { pl: 'Maria Przykładowa' }, address };
    const id = idOf(await register(person));
    const told = JSON.stringify(await service.published('providers.provider.registered.v1', id));
    expect(told).not.toMatch(/Maria|Wzorcowa/);
    const seen = await service.http('GET', `/providers/${id}`, { as: coordinator });
    expect(seen.body).toMatchObject({ address });
  });

  it('needs an Idempotency-Key, so that repeating it cannot register twice', async () => {
    const answer = await service.http('POST', '/providers', { as: organiser, body: ngo, key: null });
    expect(answer.status).toBe(400);
  });

  it('happens once, however often the same request is sent', async () => {
    const first = await register(ngo, 'register-once');
    const again = await register(ngo, 'register-once');
    expect(again).toMatchObject({ status: 201, body: first.body });
    const told = await service.sql('select 1 from outbox where aggregate_id = $1', [idOf(first)]);
    expect(told).toHaveLength(1);
    expect(await register({ ...ngo, kind: 'FIRM' }, 'register-once')).toMatchObject({ status: 422 });
  });

  it.each([
    ['nip', 'NIP', '7740001454'],
    ['regon', 'REGON', '610188201'],
    ['krs', 'KRS', '0000028860'],
  ])('is refused to the second of two with the same %s, also when both come at once', async (name, label, number) => {
    const answers = await Promise.all([1, 2, 3].map(() => register({ ...ngo, [name]: number })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({
      type: expect.stringMatching(/provider-already-registered$/),
      detail: expect.stringContaining(label),
    });
  });

  it('tells every fault of the body at once', async () => {
    const faults = {
      kind: 'CHURCH',
      name: { en: 'Close by' },
      nip: '5260250275',
      regon: '123456786',
      krs: '123',
      terc: '2861010',
      address: ' ',
      rating: 5,
    };
    const { status, body } = await register(faults);
    expect(status).toBe(400);
    const pointers = (body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
    const expected = ['kind', 'name/pl', 'nip', 'regon', 'krs', 'terc', 'address', 'rating'];
    expect(new Set(pointers)).toEqual(new Set(expected.map((name) => `/${name}`)));
  });

  it.each([[[]], ['Fundacja'], [undefined], [{}]])('needs a name, and %j is none', async (name) => {
    expect(await register({ kind: 'NGO', name })).toMatchObject({ status: 400 });
  });

  it.each(['coordinator', 'provider', 'partner'] as const)('is not for the role %s', async (role) => {
    const answer = await service.http('POST', '/providers', { as: { sub: 'x', roles: [role] }, body: ngo });
    expect(answer.status).toBe(403);
  });
});

describe('seeing providers', () => {
  it('a provider account sees its own provider and no other, alone and in the list', async () => {
    const own = idOf(await register(ngo));
    const other = idOf(await register(ngo));
    const as = account(own);
    expect(await service.http('GET', `/providers/${own}`, { as })).toMatchObject({ status: 200 });
    expect(await service.http('GET', `/providers/${other}`, { as })).toMatchObject({ status: 404 });
    const { body } = await service.http('GET', '/providers', { as });
    expect(body).toMatchObject({ items: [{ id: own }] });
    expect((body as { items: unknown[] }).items).toHaveLength(1);
  });

  it('staff page through all of them, each exactly once', async () => {
    for (let made = 0; made < 5; made += 1) await register(ngo);
    const seen: string[] = [];
    for (let after = ''; ;) {
      const { body } = await service.http('GET', `/providers?limit=3${after}`, { as: coordinator });
      const page = body as { items: { id: string }[]; next?: string };
      seen.push(...page.items.map(({ id }) => id));
      if (!page.next) break;
      after = `&after=${page.next}`;
    }
    const all = await service.sql<{ id: string }>('select id from provider order by id', []);
    expect(seen).toEqual(all.map(({ id }) => id));
  });

  it("a cursor of one's own making is refused, not looked up", async () => {
    const forged = Buffer.from('["x"]').toString('base64url');
    expect(await service.http('GET', `/providers?after=${forged}`, { as: coordinator })).toMatchObject({ status: 400 });
  });

  it('nobody sees anything without a token', async () => {
    expect(await service.http('GET', '/providers')).toMatchObject({ status: 401 });
  });
});
