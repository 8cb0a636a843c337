import type { Role } from '@okienko/chassis/access';
import type { CloudEvent } from '@okienko/contracts/event';
import { verifyAccessLogOf } from '@okienko/chassis/verify-access-log-service';
import { dataSource } from '@okienko/messaging/data-source';
import { coordinator, desk, director, gmina, idOf, type Json, organiser, problemOf, Scenario } from '../scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const auditor = { sub: 'iod-iwona', roles: ['auditor'] } as const;
const itemsOf = ({ body }: { body: Json }): Json[] => body['items'] as Json[];

describe('who saw my file', () => {
  it('is told by role, time, kinds of data and purpose, the latest first, and telling it is told as well', async () => {
    const id = await scenario.person();
    await scenario.get(`/persons/${id}`, coordinator, { 'Okienko-Purpose': 'COMPLAINT' });
    const first = await scenario.get(`/persons/${id}/accesses`, desk, { 'Okienko-Purpose': 'DATA_SUBJECT_REQUEST' });
    expect(itemsOf(first)).toEqual([
      {
        at: expect.stringMatching(/Z$/),
        role: 'coordinator',
        act: 'READ',
        fieldGroups: ['IDENTITY'],
        purpose: 'COMPLAINT',
        caseRef: null,
      },
      expect.objectContaining({ role: 'desk', act: 'WRITE', purpose: 'CASE_WORK' }),
    ]);
    const [latest] = itemsOf(await scenario.get(`/persons/${id}/accesses`, desk));
    expect(latest).toMatchObject({ fieldGroups: ['ACCESS_LOG'], purpose: 'DATA_SUBJECT_REQUEST' });
  });

  it('names accounts to the auditor alone', async () => {
    const id = await scenario.person();
    for (const as of [desk, coordinator, organiser, director])
      expect(JSON.stringify(itemsOf(await scenario.get(`/persons/${id}/accesses`, as)))).not.toContain('account');
    expect(itemsOf(await scenario.get(`/persons/${id}/accesses`, auditor)).at(-1)).toMatchObject({ account: desk.sub });
  });

  it('is told page by page, each look once', async () => {
    const id = await scenario.person();
    for (let look = 0; look < 4; look += 1) await scenario.get(`/persons/${id}`, coordinator);
    const seen: Json[] = [];
    let after = '';
    do {
      const { body } = await scenario.get(`/persons/${id}/accesses?limit=2${after}`, auditor);
      seen.push(...itemsOf({ body }));
      after = body['next'] ? `&after=${String(body['next'])}` : '';
    } while (after);
    expect(seen.map(({ act }) => act)).toEqual(['READ', 'READ', 'READ', 'READ', 'WRITE']);
  });

  it('is not told about what is another unit’s, nor by a cursor that is none', async () => {
    const id = await scenario.person();
    const elsewhere = { ...desk, unit: 'south' };
    expect(problemOf(await scenario.get(`/persons/${id}/accesses`, elsewhere))).toEqual([404, 'not-found']);
    expect(problemOf(await scenario.get(`/persons/${id}/accesses?after=x`, desk))).toEqual([400, 'cursor-malformed']);
  });

  it('is handed out on paper as well, and that is told as handing out', async () => {
    const id = await scenario.person();
    const print = async (as: { sub?: string; roles: readonly Role[]; unit?: string }) =>
      fetch(`${scenario.service.url}/persons/${id}/accesses.pdf`, {
        headers: { Authorization: `Bearer ${await scenario.service.issuer.token(as)}` },
      });
    const paper = await print(desk);
    expect([paper.status, paper.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(Buffer.from(await paper.arrayBuffer()).toString('latin1', 0, 5)).toBe('%PDF-');
    const [latest] = itemsOf(await scenario.get(`/persons/${id}/accesses`, desk));
    expect(latest).toMatchObject({ act: 'EXPORT', fieldGroups: ['ACCESS_LOG'] });
    expect((await print({ ...desk, unit: 'south' })).status).toBe(404);
  });

  it('holds what was under a record that was merged into theirs', async () => {
    const [id, duplicateId] = [await scenario.person(), await scenario.person()];
    await scenario.get(`/persons/${duplicateId}`, coordinator, { 'Okienko-Purpose': 'BEFORE_THE_MERGE' });
    await scenario.post(
      `/persons/${id}/merge`,
      organiser,
      { duplicateId, duplicateVersion: 1, evidence: 'IDENTITY_DOCUMENT', reason: 'Ten sam dowód.' },
      1,
    );
    const purposes = itemsOf(await scenario.get(`/persons/${id}/accesses`, desk)).map(({ purpose }) => purpose);
    expect(purposes).toContain('BEFORE_THE_MERGE');
  });
});

describe('every answer with personal data', () => {
  it('leaves as many rows as people were shown, and a refusal none', async () => {
    const identifier = { kind: 'PESEL', value: scenario.pesel() };
    const register = { givenName: 'Ala', familyName: 'Wrona', terc: gmina, identifier };
    const id = idOf(await scenario.post('/persons', desk, register));
    const rowsAfter = async (act: () => Promise<unknown>): Promise<number> => {
      const count = 'select count(*)::int as rows from access_log';
      const before = (await scenario.service.sql<{ rows: number }>(count))[0]?.rows ?? 0;
      await act();
      return ((await scenario.service.sql<{ rows: number }>(count))[0]?.rows ?? 0) - before;
    };
    const looks: [string, () => Promise<unknown>, number][] = [
      ['a look', () => scenario.get(`/persons/${id}`, desk), 1],
      ['a search', () => scenario.post('/persons/search', desk, { pesel: identifier.value }), 1],
      ['a search in vain', () => scenario.post('/persons/search', desk, { pesel: scenario.pesel() }), 0],
      ['a likeness', () => scenario.post('/persons/duplicates', desk, register), 1],
      ['merges', () => scenario.get(`/persons/${id}/merges`, desk), 1],
      ['accesses', () => scenario.get(`/persons/${id}/accesses`, desk), 1],
      ['another unit', () => scenario.get(`/persons/${id}`, { ...desk, unit: 'south' }), 0],
      ['no token', () => scenario.service.http('GET', `/persons/${id}`), 0],
    ];
    for (const [what, act, rows] of looks) expect([what, await rowsAfter(act)]).toEqual([what, rows]);
  });
});

describe('the anchors of the access log', () => {
  const name = 'cases.access-log.anchored.v1';
  const due = `update access_log_anchoring set anchored_at = now() - interval '2 hours'`;
  const verified = () =>
    verifyAccessLogOf('cases', {
      databaseUrl: scenario.service.database.app,
      brokerUrl: process.env['TEST_NATS_URL'],
      namespace: scenario.service.namespace,
    });
  const unguarded = (statement: string): Promise<unknown> =>
    scenario.service.sql(
      `alter table access_log disable trigger access_log_append_only; ${statement}; alter table access_log enable trigger access_log_append_only`,
    );
  const anchors = (): CloudEvent[] => scenario.service.events(name);
  const anchored = async (count: number): Promise<void> => {
    await scenario.service.sql(due);
    const [one, other] = await Promise.all([scenario.service.replica(), scenario.service.replica()]);
    await scenario.service.eventually(() => expect(anchors()).toHaveLength(count));
    await Promise.all([one.stop(), other.stop()]);
  };

  it('are published once, whoever of the replicas comes first, and only when something has been written', async () => {
    await anchored(1);
    await anchored(1);
    await scenario.person();
    await anchored(2);
    expect(anchors().map(({ sequence }) => Number(sequence))).toEqual([1, 2]);
    expect(await verified()).toMatchObject({ anchors: 2, faults: [] });
  });

  it('and the trigger leave the service no way to rewrite', async () => {
    const url = scenario.service.database.app;
    const client = await dataSource({ url, mappings: [], migrations: [], name: 'intruder' }).initialize();
    try {
      for (const statement of [
        `update access_log set actor = 'x'`,
        'delete from access_log',
        'truncate access_log',
        `update access_log_term set kept_months = 24`,
        `insert into access_log_term values ('2026-01-01', 24, 60, 'x')`,
        'delete from access_log_start',
        `insert into access_log_start values (1, 1, '')`,
      ])
        await expect(client.query(statement)).rejects.toThrow(/permission denied/);
    } finally {
      await client.destroy();
    }
  });

  it('show a rewritten log, an anchor taken away and one that says otherwise', async () => {
    const [{ chain } = { chain: 0 }] = await scenario.service.sql<{ chain: number }>(
      'select chain from access_log_head where position > 0 limit 1',
    );
    await unguarded(
      `delete from access_log where chain = ${chain}; update access_log_head set position = 0, hash = '' where chain = ${chain}`,
    );
    expect((await verified()).faults).toContainEqual({ chain, position: 1, kind: 'REMOVED' });
    const outbox = `outbox where aggregate_type = 'access-log' and sequence`;
    await scenario.service.sql(
      `update outbox set event = replace(event, '"position":', '"position": ') where aggregate_type = 'access-log' and sequence = 2`,
    );
    await scenario.service.sql(`delete from ${outbox} = 1`);
    expect((await verified()).faults).toEqual(
      expect.arrayContaining([
        { anchor: 1, kind: 'MISSING' },
        { anchor: 2, kind: 'CONTRADICTED' },
      ]),
    );
  });
});
