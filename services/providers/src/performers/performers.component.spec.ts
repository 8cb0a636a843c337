import { randomBytes } from 'node:crypto';
import type { Principal } from '@okienko/chassis/access';
import { loadConfig } from '@okienko/chassis/config';
import { createService, type RunningService } from '@okienko/chassis/create-service';
import { addDays } from '@okienko/contracts/calendar';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { type Answer, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { ProvidersConfig } from '../config';
import { account, coordinator, idOf, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';
import { assertMayPerform, type Performance } from './performer-standing';
import { PerformerProofCommands } from './performer-proofs.commands';
import { PerformerCommands } from './performers.commands';

jest.setTimeout(60_000);

let day = today;
const clock = { now: () => new Date(`${day}T12:00:00Z`) };
let service: ServiceUnderTest;
let scenario: Scenario;
let replicas: RunningService[];
beforeAll(async () => {
  const key = { MASTER_KEY: randomBytes(32).toString('base64') };
  service = await startForTest(providersService, key, clock);
  scenario = new Scenario(service);
  const config = loadConfig(ProvidersConfig, {
    DATABASE_URL: service.database.app,
    NATS_URL: process.env['TEST_NATS_URL'] ?? '',
    EVENT_NAMESPACE: service.namespace,
    OIDC_ISSUER: service.issuer.url,
    LOG_LEVEL: 'silent',
    ...key,
  });
  replicas = [
    await createService(providersService, config, clock),
    await createService(providersService, config, clock),
  ];
});
afterEach(() => (day = today));
afterAll(async () => {
  for (const { stop } of replicas) await stop();
  await service.stop();
});

const name = 'Zenobia Kanarkowa';
const register = async (kind = 'STAFF', providerId?: string) => {
  const of = providerId ?? (await scenario.registerProvider());
  const body = { providerId: of, kind, name, from: addDays(today, -10) };
  return { providerId: of, id: idOf(await service.http('POST', '/performers', { as: account(of), body })) };
};
/** The newest version is read from the row, so that acts can follow one another. */
const act = async (id: string, path: string, as: Partial<Principal>, body: object, key?: string): Promise<Answer> => {
  const [row] = await service.sql<{ version: number }>('select version from performer where id = $1', [id]);
  const call = { as, body, ifMatch: row?.version ?? 1, ...(key && { key }) };
  return service.http('POST', `/performers/${id}/${path}`, call);
};
const see = (id: string, as: Partial<Principal> = coordinator) => service.http('GET', `/performers/${id}`, { as });
const mayPerform = (performance: Performance): Promise<void> =>
  (replicas[0] as RunningService).app.get(UnitOfWork).run((work) => assertMayPerform(work, performance));

describe('a performer', () => {
  it('is registered by the provider, told of without a name, and sealed', async () => {
    const { id, providerId } = await register('VOLUNTEER');
    const told = await service.published('providers.performer.registered.v1', id);
    expect(told.data).toEqual({ providerId, kind: 'VOLUNTEER', from: addDays(today, -10) });
    expect(JSON.stringify(service.events())).not.toContain('Kanark');
    const [row] = await service.sql<{ text: string }>('select performer::text as text from performer where id = $1', [
      id,
    ]);
    expect(row?.text).not.toContain(Buffer.from(name).toString('hex'));
    expect(await see(id)).toMatchObject({ status: 200, body: { id, providerId, kind: 'VOLUNTEER', name, proofs: [] } });
  });

  it('leaves a trace for every look and every change', async () => {
    const { id, providerId } = await register();
    await see(id);
    await service.http('GET', `/performers/${id}`, { as: coordinator, headers: { 'okienko-purpose': 'COMPLAINT' } });
    const log = await service.sql('select actor, act, purpose from access_log where person_id = $1 order by position', [
      id,
    ]);
    expect(log).toEqual([
      { actor: 'account', act: 'WRITE', purpose: 'SERVICE_DELIVERY' },
      { actor: coordinator.sub, act: 'READ', purpose: 'SERVICE_DELIVERY' },
      { actor: coordinator.sub, act: 'READ', purpose: 'COMPLAINT' },
    ]);
    expect(await see(id, account(await scenario.registerProvider()))).toMatchObject({ status: 404 });
    expect(await service.sql('select 1 from access_log where person_id = $1', [id])).toHaveLength(3);
    expect(await service.sql('select account, act from provider_act where provider_id = $1', [providerId])).toEqual([
      { account: 'account', act: 'REGISTER_PERFORMER' },
    ]);
    await expect(service.sql('delete from access_log')).rejects.toThrow(/append-only/);
  });

  it('is named rightly, shows what has been learnt, and leaves: each once, however often it is sent', async () => {
    const { id, providerId } = await register();
    const as = account(providerId);
    const acts: [string, object][] = [
      ['name', { name: 'Zenobia Kanarkowa-Szczygieł' }],
      ['qualifications', { code: 'NURSE', from: today, evidenceCode: 'DIPLOMA', document: 'KANAREK-77' }],
      ['leaving', { leftOn: today }],
    ];
    for (const [index, [path, body]] of acts.entries()) {
      const call = { as, body, ifMatch: index + 1, key: `${path}-once` };
      const first = await service.http('POST', `/performers/${id}/${path}`, call);
      expect(first).toMatchObject({ status: 200, body: { id, version: index + 2 } });
      expect(await service.http('POST', `/performers/${id}/${path}`, call)).toMatchObject({ body: first.body });
    }
    expect((await see(id)).body).toMatchObject({
      name: 'Zenobia Kanarkowa-Szczygieł',
      leftOn: today,
      proofs: [
        { kind: 'QUALIFICATION', code: 'NURSE', document: 'KANAREK-77', recordedBy: 'account', recordedOn: today },
      ],
    });
    expect(JSON.stringify(service.events())).not.toMatch(/Szczygie|KANAREK/);
    expect(await service.sql('select 1 from outbox where aggregate_id = $1', [id])).toHaveLength(4);
    expect(await service.sql('select 1 from performer_proof where performer_id = $1', [id])).toHaveLength(1);
  });

  it('is changed in the version that was read', async () => {
    const { id, providerId } = await register();
    const body = { name };
    const as = account(providerId);
    expect(await service.http('POST', `/performers/${id}/name`, { as, body })).toMatchObject({ status: 428 });
    expect(await service.http('POST', `/performers/${id}/name`, { as, body, ifMatch: 2 })).toMatchObject({
      status: 412,
    });
  });

  it('is listed by provider and kind without a name', async () => {
    const { id, providerId } = await register('NEIGHBOUR');
    const { id: other } = await register('STAFF', providerId);
    const list = async (query: string, as: Partial<Principal>) =>
      ((await service.http('GET', `/performers?${query}`, { as })).body as { items: { id: string }[] }).items;
    expect((await list(`providerId=${providerId}`, coordinator)).map((item) => item.id)).toEqual([id, other]);
    expect(await list(`providerId=${providerId}&kind=STAFF`, account(providerId))).toEqual([
      { id: other, version: 1, providerId, kind: 'STAFF', from: addDays(today, -10), leftOn: null, erasedOn: null },
    ]);
  });
});

describe('who may perform a service', () => {
  it('somebody of the provider, on the days on which they work for it', async () => {
    const { id: performerId, providerId } = await register();
    const asked = { performerId, providerId, offerId: uuidv7(), on: today };
    await expect(mayPerform(asked)).resolves.toBeUndefined();
    const unknown = { code: 'performer-unknown' };
    await expect(mayPerform({ ...asked, performerId: uuidv7() })).rejects.toMatchObject(unknown);
    await expect(mayPerform({ ...asked, providerId: uuidv7() })).rejects.toMatchObject(unknown);
    await expect(mayPerform({ ...asked, on: addDays(today, -11) })).rejects.toMatchObject(unknown);
    await act(performerId, 'leaving', account(providerId), { leftOn: today });
    await expect(mayPerform(asked)).resolves.toBeUndefined();
    await expect(mayPerform({ ...asked, on: addDays(today, 1) })).rejects.toMatchObject(unknown);
  });

  it('whoever has what the service needs, as long as it needs it', async () => {
    const { id: performerId, providerId } = await register();
    const offerId = await scenario.publishOffer();
    const body = { offerId, code: 'NURSE', basis: 'Dz.U. 2011 nr 174 poz. 1039, art. 28', from: today };
    const required = await service.http('POST', '/required-qualifications', { as: organiser, body });
    const asked = { performerId, providerId, offerId, on: today };
    await expect(mayPerform(asked)).rejects.toMatchObject({ code: 'qualification-missing', basis: 'art. 2(3)' });
    const diploma = { code: 'NURSE', from: '2020-01-01', to: today, evidenceCode: 'DIPLOMA' };
    await act(performerId, 'qualifications', account(providerId), diploma);
    await expect(mayPerform(asked)).resolves.toBeUndefined();
    const tomorrow = { ...asked, on: addDays(today, 1) };
    await expect(mayPerform(tomorrow)).rejects.toMatchObject({ code: 'qualification-expired' });
    const id = idOf(required);
    const ended = await service.http('POST', `/required-qualifications/${id}/end`, {
      as: organiser,
      ifMatch: 1,
      body: { to: today },
    });
    expect(ended).toMatchObject({ status: 200 });
    await expect(mayPerform(tomorrow)).resolves.toBeUndefined();
  });

  it('a neighbour whom the recipient and the organiser accept, which the centre says and not the provider', async () => {
    const { id: performerId, providerId } = await register('NEIGHBOUR');
    const as = account(providerId);
    const allocationId = uuidv7();
    const met = (...codes: string[]) => codes.map((code) => ({ code, from: today, evidenceCode: 'STATEMENT' }));
    const asked = { performerId, providerId, offerId: uuidv7(), on: today, allocationId };
    const general = { conditions: met('ADULT', 'ABILITY_STATEMENT', 'FIRST_AID_COURSE') };
    expect(await act(performerId, 'conditions', as, general)).toMatchObject({ status: 200 });
    const near = { allocationId, conditions: met('NOT_FAMILY', 'LIVES_NEARBY') };
    expect(await act(performerId, 'conditions', as, near)).toMatchObject({ status: 200 });
    const accepted = { allocationId, conditions: met('ACCEPTED_BY_RECIPIENT', 'ACCEPTED_BY_ORGANISER') };
    for (const roles of [['provider'], ['provider', 'coordinator', 'services-organiser']] as const)
      expect(await act(performerId, 'conditions', { ...as, roles }, accepted)).toMatchObject({
        status: 403,
        body: { type: expect.stringMatching(/reserved-for-centre$/) },
      });
    await expect(mayPerform(asked)).rejects.toMatchObject({
      code: 'performer-conditions-unmet',
      message: expect.stringContaining('ACCEPTED_BY_RECIPIENT, ACCEPTED_BY_ORGANISER'),
    });
    expect(await act(performerId, 'conditions', coordinator, accepted)).toMatchObject({ status: 200 });
    await expect(mayPerform(asked)).resolves.toBeUndefined();
    await expect(mayPerform({ ...asked, allocationId: uuidv7() })).rejects.toMatchObject({ basis: expect.any(String) });

    const [accept] = await service.sql<{ id: string }>(
      `select id from performer_proof where performer_id = $1 and code = 'ACCEPTED_BY_RECIPIENT'`,
      [performerId],
    );
    const withdrawal = `proofs/${accept?.id}/withdrawal`;
    expect(await act(performerId, withdrawal, as, {})).toMatchObject({ status: 403 });
    expect(await act(performerId, withdrawal, coordinator, {}, 'taken-back')).toMatchObject({ status: 200 });
    await expect(mayPerform(asked)).rejects.toMatchObject({ code: 'performer-conditions-unmet' });
    expect(await act(performerId, withdrawal, coordinator, {})).toMatchObject({ status: 404 });
  });

  it('bad input changes nothing', async () => {
    const { id, providerId } = await register('VOLUNTEER');
    const as = account(providerId);
    const agreed = { code: 'VOLUNTEER_AGREEMENT', from: today, evidenceCode: 'AGREEMENT' };
    const faulty: [string, object, number][] = [
      ['conditions', { conditions: [{ ...agreed, code: 'ADULT' }] }, 422],
      ['conditions', { allocationId: uuidv7(), conditions: [agreed] }, 422],
      ['conditions', { allocationId: null, conditions: [agreed] }, 400],
      ['conditions', { conditions: [{ ...agreed, to: addDays(today, -1) }] }, 422],
      ['conditions', { conditions: [] }, 400],
      ['qualifications', { code: 'NURSE', from: today, evidenceCode: 'DIPLOMA', document: null }, 400],
      ['qualifications', { code: 'NURSE', from: today, to: addDays(today, -1), evidenceCode: 'DIPLOMA' }, 422],
      ['leaving', { leftOn: '2020-01-01' }, 422],
      ['name', { name: ' ' }, 400],
    ];
    for (const [path, body, status] of faulty) expect(await act(id, path, as, body)).toMatchObject({ status });
    expect((await see(id)).body).toMatchObject({ version: 1, name, proofs: [] });
  });
});

describe('a qualification that runs out', () => {
  const warnAll = async (): Promise<void> => {
    const calendars = replicas.map(({ app }) => app.get(PerformerProofCommands));
    await Promise.all([...calendars, ...calendars].map((proofs) => proofs.warn()));
  };
  const warned = (id: string) =>
    service.sql(`select 1 from outbox where aggregate_id = $1 and subject like '%qualification-expiring%'`, [id]);
  const shown = async (to: string) => {
    const performer = await register();
    const body = { code: 'FIRST_AID', from: '2020-01-01', to, evidenceCode: 'CERTIFICATE' };
    await act(performer.id, 'qualifications', account(performer.providerId), body);
    return { ...performer, body };
  };

  it('is told of once, thirty days before, by whichever replica, and late after a downtime', async () => {
    const last = addDays(today, 100);
    const { id, providerId } = await shown(last);
    day = addDays(last, -31);
    await warnAll();
    expect(await warned(id)).toHaveLength(0);
    day = addDays(last, 5);
    await warnAll();
    await warnAll();
    expect(await warned(id)).toHaveLength(1);
    const told = await service.published('providers.performer.qualification-expiring.v1', id);
    expect(told.data).toEqual({ providerId, proofKind: 'QUALIFICATION', code: 'FIRST_AID', to: last });
  });

  it('is not told of where it was renewed or withdrawn, or its holder has left', async () => {
    const last = addDays(today, 60);
    const renewed = await shown(last);
    await act(renewed.id, 'qualifications', account(renewed.providerId), { ...renewed.body, to: addDays(last, 900) });
    const withdrawn = await shown(last);
    const [proof] = await service.sql<{ id: string }>('select id from performer_proof where performer_id = $1', [
      withdrawn.id,
    ]);
    await act(withdrawn.id, `proofs/${proof?.id}/withdrawal`, account(withdrawn.providerId), {});
    const left = await shown(last);
    await act(left.id, 'leaving', account(left.providerId), { leftOn: today });
    const control = await shown(last);
    day = last;
    await warnAll();
    expect(await warned(control.id)).toHaveLength(1);
    for (const { id } of [renewed, withdrawn, left]) expect(await warned(id)).toHaveLength(0);
  });
});

describe('somebody who left', () => {
  const eraseAll = async () => {
    for (;;) {
      const more = await Promise.all(replicas.map(({ app }) => app.get(PerformerCommands).erase()));
      if (!more.includes(true)) return;
    }
  };

  it('is erased after the term of the law, once, and what was sealed can be read no more; figures stay', async () => {
    const { id, providerId } = await register();
    const provider = account(providerId);
    const document = 'KANAREK-77';
    const shown = { code: 'NURSE', from: '2020-01-01', evidenceCode: 'DIPLOMA', document };
    await act(id, 'qualifications', provider, shown);
    const [sealed] = await service.sql<{ name: Buffer; document: Buffer; key: Buffer }>(
      `select p.name, q.document, k.wrapped as key from performer p join performer_proof q on q.performer_id = p.id
       join person_key k on k.person_id = p.id where p.id = $1`,
      [id],
    );
    await act(id, 'leaving', provider, { leftOn: today });
    const year = Number(today.slice(0, 4));
    day = `${year + 5}-12-31`;
    await eraseAll();
    expect((await see(id)).body).toMatchObject({ name, erasedOn: null, proofs: [{ document }] });
    day = `${year + 6}-01-01`;
    await eraseAll();
    await eraseAll();
    const erased = { status: 404, body: { type: expect.stringMatching(/data-erased$/) } };
    expect(await see(id)).toMatchObject(erased);
    expect(await see(id, provider)).toMatchObject(erased);
    expect(await act(id, 'name', provider, { name: 'Ktoś Inny' })).toMatchObject(erased);
    const [left] = await service.sql<{ name: Buffer; document: Buffer; key: Buffer | null }>(
      `select p.name, q.document, k.wrapped as key from performer p join performer_proof q on q.performer_id = p.id
       join person_key k on k.person_id = p.id where p.id = $1`,
      [id],
    );
    // What is sealed is there as it was, and its key is nowhere.
    expect(left).toEqual({ name: sealed?.name, document: sealed?.document, key: null });
    const { body } = await service.http('GET', `/performers?providerId=${providerId}`, { as: coordinator });
    expect(body).toMatchObject({ items: [{ id, kind: 'STAFF', leftOn: today, erasedOn: day }] });
    expect((await scenario.facts(id)).filter((fact) => fact === 'erased')).toHaveLength(1);
    const told = await service.published('providers.performer.erased.v1', id);
    expect(told.data).toEqual({ providerId, erasedOn: day });
  });

  it('lately, or not at all, is not erased', async () => {
    const [stays, left] = [await register(), await register()];
    day = addDays(today, 30 * 365);
    await act(left.id, 'leaving', account(left.providerId), { leftOn: addDays(day, -365) });
    await eraseAll();
    for (const { id } of [stays, left]) expect(await see(id)).toMatchObject({ status: 200, body: { name } });
  });
});

describe('a required qualification', () => {
  const require = (body: object, as: Partial<Principal> = organiser, key?: string) =>
    service.http('POST', '/required-qualifications', { as, body, ...(key && { key }) });
  const nurse = (offerId: string) => ({ offerId, code: 'NURSE', basis: 'Dz.U. 2011 nr 174 poz. 1039', from: today });

  it('is laid down once for a period, also by several at once', async () => {
    const offerId = await scenario.publishOffer();
    const answers = await Promise.all([1, 2, 3].map(() => require(nurse(offerId))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const { body } = await service.http('GET', `/required-qualifications?offerId=${offerId}`, {
      as: account(uuidv7()),
    });
    expect(body).toMatchObject({ items: [{ ...nurse(offerId), to: null, version: 1 }] });
  });

  it('is of a published offer, and laid down by the centre alone', async () => {
    const offerId = await scenario.publishOffer();
    expect(await require(nurse(uuidv7()))).toMatchObject({ status: 422 });
    const both = { sub: 'p', roles: ['services-organiser', 'provider'] } as const;
    expect(await require(nurse(offerId), both)).toMatchObject({ status: 403 });
  });

  it('happens once, however often the same request is sent', async () => {
    const offerId = await scenario.publishOffer();
    const first = await require(nurse(offerId), organiser, 'require-once');
    expect(await require(nurse(offerId), organiser, 'require-once')).toMatchObject({ status: 201, body: first.body });
    const end = () =>
      service.http('POST', `/required-qualifications/${idOf(first)}/end`, {
        as: organiser,
        ifMatch: 1,
        body: { to: today },
        key: 'end-once',
      });
    expect(await end()).toMatchObject({ status: 200 });
    expect(await end()).toMatchObject({ status: 200 });
    expect(await service.sql('select 1 from outbox where aggregate_id = $1', [idOf(first)])).toHaveLength(2);
  });
});
