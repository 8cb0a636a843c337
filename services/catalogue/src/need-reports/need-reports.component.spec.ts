import { randomUUID } from 'node:crypto';
import type { Changed } from '@okienko/chassis/http';
import { verifyAccessLog } from '@okienko/privacy/access-log-verification';
import { type Call, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { catalogueService } from '../service';
import type { NeedReported, NeedReportPage, NeedReportView } from './need-reports.dto';

const desk = { sub: 'desk-anna', roles: ['desk'] } as const;
const director = { sub: 'director-ewa', roles: ['director'] } as const;
const need = 'Pani Zofia Wiśniewska z parteru nie wychodzi z domu od miesiąca';
const contact = 'tel. 600 700 800';
const example = { terc: '2861011', reportedBy: 'NEIGHBOUR', need, contact };
const areaGiven = { area: 'pomoc-spoleczna' };
const applicationId = '0197a000-0000-7000-8000-000000000005';

describe('need reports over HTTP', () => {
  let service: ServiceUnderTest;
  let today = '2026-03-10';
  beforeAll(async () => {
    service = await startForTest(catalogueService, {}, { now: () => new Date(`${today}T12:00:00Z`) });
  }, 60_000);
  afterAll(() => service.stop());
  beforeEach(() => (today = '2026-03-10'));

  const file = (body: object = example, call: Call = {}) =>
    service.http<NeedReported>('POST', '/need-reports', { body, ...call });
  const filed = async (body?: object): Promise<NeedReported> => {
    const { status, body: answer } = await file(body);
    expect(status).toBe(201);
    return answer;
  };
  const act = (id: string, name: string, body: object, ifMatch: number, call: Call = {}) =>
    service.http<Changed>('POST', `/need-reports/${id}/${name}`, { as: desk, body, ifMatch, ...call });
  const done = async (...args: Parameters<typeof act>): Promise<number> => {
    const { status, body } = await act(...args);
    expect([args[1], status]).toEqual([args[1], 200]);
    return body.version;
  };
  const ask = (receipt: string) => service.http('POST', '/need-reports/search', { body: { receipt } });
  const read = (id: string, as: Call['as'] = desk) =>
    service.http<NeedReportView>('GET', `/need-reports/${id}`, as ? { as } : {});
  const logged = (id: string) =>
    service.sql('select actor, act, field_groups from access_log where person_id = $1', [id]);
  const events = (id: string) =>
    service.sql('select event from outbox where aggregate_id = $1 order by sequence', [id]);
  const code = ({ status, body }: { status: number; body: object }): unknown[] => [
    status,
    (body as { type?: string }).type?.split('/').at(-1),
  ];

  it('are filed without a login, and nothing of the words is anywhere but sealed', async () => {
    const report = await filed();
    expect(report).toEqual({
      id: report.id,
      version: 1,
      receipt: expect.stringMatching(/^(\w{4}-){4}\w{4}$/) as string,
    });
    expect((await service.published('catalogue.need-report.filed.v1', report.id)).data).toEqual({
      terc: '2861011',
      reportedBy: 'NEIGHBOUR',
    });
    const tables = await service.sql<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = current_schema()`,
    );
    const secrets = ['Wiśniewska', '600 700 800', report.receipt];
    for (const { name } of tables) {
      const rows = (await service.sql<{ row: string }>(`select t::text as row from "${name}" t`)).map(({ row }) => row);
      const asBytes = secrets.map((secret) => Buffer.from(secret).toString('hex'));
      expect([name, rows.filter((row) => [...secrets, ...asBytes].some((secret) => row.includes(secret)))]).toEqual([
        name,
        [],
      ]);
    }
    expect((await read(report.id)).body.words).toEqual({ need, contact });
  });

  it('answer a repeated key with the same receipt and one event, and refuse it for another body', async () => {
    const key = randomUUID();
    const [first, again] = [await file(undefined, { key }), await file(undefined, { key })];
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(await events(first.body.id)).toHaveLength(1);
    expect(code(await file({ ...example, need: 'co innego' }, { key }))).toEqual([422, 'idempotency-key-reused']);
    expect((await file(undefined, { key: null })).status).toBe(400);
  });

  it('are acknowledged and forwarded, each act once however often it is repeated', async () => {
    const { id } = await filed();
    const [first, second] = [randomUUID(), randomUUID()];
    for (const _ of [1, 2]) expect(await done(id, 'acknowledgement', areaGiven, 1, { key: first })).toBe(2);
    for (const _ of [1, 2]) expect(await done(id, 'forwarding', { applicationId }, 2, { key: second })).toBe(3);
    expect((await service.published('catalogue.need-report.acknowledged.v1', id)).data).toEqual(areaGiven);
    expect((await service.published('catalogue.need-report.forwarded.v1', id)).data).toEqual({ applicationId });
    expect(await events(id)).toHaveLength(3);
    expect((await read(id)).body).toEqual({
      id,
      version: 3,
      state: 'FORWARDED',
      terc: '2861011',
      reportedBy: 'NEIGHBOUR',
      area: 'pomoc-spoleczna',
      filedOn: '2026-03-10',
      acknowledgedOn: '2026-03-10',
      settledOn: '2026-03-10',
      applicationId,
      words: { need, contact },
    });
  });

  it('are dismissed with a reason, and erased at request, each once however often it is repeated', async () => {
    const { id } = await filed();
    const [first, second] = [randomUUID(), randomUUID()];
    const erase = () => act(id, 'erasure', {}, 2, { as: director, key: second });
    expect(code(await act(id, 'erasure', {}, 1, { as: director }))).toEqual([409, 'need-report-open']);
    for (const _ of [1, 2])
      expect(await done(id, 'dismissal', { reasonCode: 'REPORTED_BEFORE' }, 1, { key: first })).toBe(2);
    for (const _ of [1, 2]) expect((await erase()).body.version).toBe(3);
    expect((await service.published('catalogue.need-report.erased.v1', id)).data).toEqual({ reasonCode: 'REQUEST' });
    expect(await events(id)).toHaveLength(3);
    expect((await read(id)).body).toMatchObject({ state: 'DISMISSED', erasedOn: '2026-03-10', words: null });
    expect(await service.sql('select wrapped from person_key where person_id = $1', [id])).toEqual([{ wrapped: null }]);
  });

  it('refuse an act out of turn (409), on a stale version (412), without a version (428)', async () => {
    const { id } = await filed();
    expect(code(await act(id, 'forwarding', { applicationId }, 1))).toEqual([409, 'wrong-state']);
    expect(code(await act(id, 'dismissal', { reasonCode: 'SPAM' }, 7))).toEqual([412, 'stale-version']);
    const without = await service.http('POST', `/need-reports/${id}/dismissal`, {
      as: desk,
      body: { reasonCode: 'SPAM' },
    });
    expect(without.status).toBe(428);
    expect(code(await act(randomUUID(), 'acknowledgement', areaGiven, 1))).toEqual([404, 'not-found']);
    expect(await events(id)).toHaveLength(1);
  });

  it('are acknowledged once when asked three times at once', async () => {
    const { id } = await filed();
    const answers = await Promise.all([1, 2, 3].map(() => act(id, 'acknowledgement', areaGiven, 1)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  it('tell whoever holds the receipt what has become of them, and nobody else anything', async () => {
    const { id, receipt } = await filed();
    expect((await ask(receipt)).body).toEqual({ state: 'FILED', filedOn: '2026-03-10' });
    await done(id, 'acknowledgement', areaGiven, 1);
    await done(id, 'dismissal', { reasonCode: 'NOT_A_SOCIAL_SERVICE' }, 2);
    const { body } = await ask(receipt.toLowerCase().replaceAll('-', ' '));
    expect(body).toEqual({
      state: 'DISMISSED',
      filedOn: '2026-03-10',
      acknowledgedOn: '2026-03-10',
      settledOn: '2026-03-10',
      reasonCode: 'NOT_A_SOCIAL_SERVICE',
    });
    expect(code(await ask('7K3D-90QX-4M2R-Y8VT-C6HB'))).toEqual([404, 'not-found']);
    for (const bad of ['', id, 'x', '7K3D-90QX-4M2R-Y8VT-C6H', 'żółć'.repeat(5)])
      expect((await ask(bad)).status).toBe(400);
  });

  it('leave a trace when their words are read, and none when they are listed', async () => {
    const { id } = await filed({ ...example, terc: '2607011' });
    const { body } = await service.http<NeedReportPage>('GET', '/need-reports?terc=2607011&state=FILED', { as: desk });
    expect(body.items.map((item) => item.id)).toEqual([id]);
    expect(JSON.stringify(body)).not.toContain('Wiśniewska');
    expect(await logged(id)).toEqual([]);
    await read(id, director);
    expect(await logged(id)).toEqual([{ actor: 'director-ewa', act: 'READ', field_groups: ['NEED_REPORT'] }]);
    const { rows, faults } = await verifyAccessLog({ query: service.sql as never });
    expect([rows > 0, faults]).toEqual([true, []]);
    await expect(service.sql(`update access_log set actor = 'x' where person_id = $1`, [id])).rejects.toThrow(
      /append-only/,
    );
  });

  it('are paged oldest first, by state and area', async () => {
    const made = [];
    for (const _ of [1, 2, 3]) {
      const { id } = await filed({ ...example, terc: '3261011' });
      await done(id, 'acknowledgement', { area: 'kultura' }, 1);
      made.push(id);
    }
    const page = async (query: string) =>
      (await service.http<NeedReportPage>('GET', `/need-reports?terc=3261011&${query}`, { as: desk })).body;
    const first = await page('area=kultura&state=ACKNOWLEDGED&limit=2');
    const second = await page(`area=kultura&state=ACKNOWLEDGED&limit=2&after=${first.next}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(made);
    expect(second.next).toBeUndefined();
    expect((await page('area=mieszkalnictwo')).items).toEqual([]);
  });

  it('forget their words a year after they have been settled, by themselves, and no others', async () => {
    today = '2025-01-31';
    const settled = await filed();
    await done(settled.id, 'dismissal', { reasonCode: 'SPAM' }, 1);
    const open = await filed();
    today = '2026-01-30';
    const later = await filed();
    await done(later.id, 'dismissal', { reasonCode: 'SPAM' }, 1);
    today = '2026-01-31';
    await service.eventually(async () => expect((await read(settled.id)).body.words).toBeNull(), 20_000);
    expect((await service.published('catalogue.need-report.erased.v1', settled.id)).data).toEqual({
      reasonCode: 'RETENTION',
    });
    expect((await ask(settled.receipt)).body).toMatchObject({ state: 'DISMISSED' });
    for (const { id } of [open, later]) expect((await read(id)).body.words).toEqual({ need, contact });
  }, 30_000);

  describe('who may do what', () => {
    const staff = ['desk', 'coordinator', 'services-organiser', 'community-organiser', 'director'] as const;
    const others = ['finance', 'provider', 'partner', 'auditor', 'operator'] as const;
    const id = randomUUID();
    const routes: [string, string, readonly string[]][] = [
      ['GET', '', staff],
      ['GET', `/${id}`, staff],
      ['POST', `/${id}/acknowledgement`, staff],
      ['POST', `/${id}/forwarding`, staff],
      ['POST', `/${id}/dismissal`, staff],
      ['POST', `/${id}/erasure`, ['director']],
    ];
    it.each(routes)('%s /need-reports%s', async (method, path, allowed) => {
      const call = async (as?: Call['as']): Promise<number> =>
        (
          await service.http(method, `/need-reports${path}`, {
            ...(as ? { as } : {}),
            ...(method === 'POST' ? { body: {}, ifMatch: 1 } : {}),
          })
        ).status;
      expect(await call()).toBe(401);
      for (const role of [...staff, ...others]) {
        const status = await call({ roles: [role] });
        expect([role, allowed.includes(role) ? status !== 403 && status < 500 : status]).toEqual([
          role,
          allowed.includes(role) ? true : 403,
        ]);
      }
    });
  });

  it.each<[string, object]>([
    ['nothing at all', {}],
    ['no words', { ...example, need: ' ' }],
    ['too many words', { ...example, need: 'x'.repeat(4001) }],
    ['a number for words', { ...example, need: 1 }],
    ['null for a contact', { ...example, contact: null }],
    ['a gmina that is none', { ...example, terc: 'Elbląg' }],
    ['a reporter of no known kind', { ...example, reportedBy: 'Jan' }],
    ['a name in a field of its own', { ...example, personName: 'Jan Kowalski' }],
    ['a control character', { ...example, need: 'a\u0007b' }],
  ])('with %s is refused with 400 and leaves nothing', async (_, body) => {
    const rows = () =>
      service.sql('select (select count(*) from need_report) as a, (select count(*) from person_key) as b');
    const before = await rows();
    expect((await file(body)).status).toBe(400);
    expect(await rows()).toEqual(before);
  });
});

describe('strangers', () => {
  const logged: string[] = [];
  let service: ServiceUnderTest;
  beforeAll(async () => {
    jest.spyOn(process.stdout, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
    service = await startForTest(catalogueService, { STRANGER_RATE_LIMIT: '3', LOG_LEVEL: 'trace' });
  }, 60_000);
  afterAll(async () => {
    jest.restoreAllMocks();
    await service.stop();
  });

  const file = (call: Call = {}) => service.http<NeedReported>('POST', '/need-reports', { body: example, ...call });

  it('report so many needs a minute, and more only with a token; what they read is not counted with it', async () => {
    const made = [await file(), await file(), await file()];
    expect(made.map(({ status }) => status)).toEqual([201, 201, 201]);
    const refused = await file();
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect((await service.http('GET', '/areas')).status).toBe(200);
    // Only a token that has been seen before is known by the time the limit is looked at.
    const token = { headers: { Authorization: `Bearer ${await service.issuer.token(desk)}` } };
    expect((await service.http('GET', `/need-reports/${made[0]?.body.id}`, token)).status).toBe(200);
    expect((await file(token)).status).toBe(201);
    expect(await service.sql('select from need_report')).toHaveLength(4);
  });

  it('are not in the log, nor is what they say or whom they say it of', () => {
    expect(logged.filter((line) => line.includes('/need-reports')).length).toBeGreaterThan(3);
    for (const secret of ['Wiśniewska', '600 700 800', 'nie wychodzi'])
      expect(logged.filter((line) => line.includes(secret))).toEqual([]);
  });
});
