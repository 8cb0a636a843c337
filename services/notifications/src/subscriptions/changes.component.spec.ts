import { randomUUID } from 'node:crypto';
import { dataSource } from '@okienko/messaging/data-source';
import { feedLock } from '../dispatches/feed.commands';
import { director, partner, type Subscribed, WebhookScenario } from '../heartbeats/scenario';
import { as, problemOf } from '../scenario';

jest.setTimeout(60_000);

const operator = as('operator');

describe('a subscription that has begun', () => {
  let webhooks: WebhookScenario;
  beforeAll(async () => {
    webhooks = await WebhookScenario.start([], { MOST_SUBSCRIPTIONS: '2' });
  }, 60_000);
  afterAll(() => webhooks?.stop());
  afterEach(() => webhooks.service.sql('update subscription set ended_at = now() where ended_at is null'));

  const post = (path: string, caller: object, body: object, ifMatch?: number, key?: string) =>
    webhooks.service.http('POST', `/subscriptions${path && '/'}${path}`, {
      as: caller,
      body,
      ...(ifMatch !== undefined && { ifMatch }),
      ...(key !== undefined && { key }),
    });
  const change = ({ id, partnerId }: Subscribed, what: string, body: object, ifMatch: number, key?: string) =>
    post(`${id}/${what}`, partner(partnerId), body, ifMatch, key);
  const view = async ({ id }: Subscribed) =>
    (await webhooks.service.http('GET', `/subscriptions/${id}`, { as: operator })).body;
  const numbers = async ({ id, partnerId }: Subscribed) => {
    const path = `/subscriptions/${id}/events?limit=200`;
    const { body } = await webhooks.service.http<{ items: { sequence: number; event: { id: string } }[] }>(
      'GET',
      path,
      {
        as: partner(partnerId),
      },
    );
    return body.items.map(({ sequence, event }) => [sequence, event.id]);
  };
  const kept = (id: string) =>
    webhooks.service.eventually(async () =>
      expect(await webhooks.service.sql('select from feed_event where id = $1', [id])).toHaveLength(1),
    );
  const withdrawn = async (): Promise<string> => {
    const id = await webhooks.withdraw();
    await kept(id);
    return id;
  };

  describe('is changed by its partner', () => {
    it('in its sink, which is asked, and to which what waits goes at once', async () => {
      const mine = await webhooks.subscribed();
      webhooks.sinks.answers.set(mine.path, 503);
      await webhooks.withdraw();
      await webhooks.posted(mine.path, 1);
      const sink = `http://${webhooks.place}${mine.path}/new`;
      const move = { sink, handshake: 'OPTIONS' };
      expect(problemOf(await change(mine, 'sink', move, 1))).toBe('422 sink-does-not-agree');
      webhooks.sinks.agrees.set(`${mine.path}/new`, {
        'WebHook-Allowed-Origin': 'cus.example.pl',
        'WebHook-Allowed-Rate': '600',
      });
      const key = randomUUID();
      const moved = await change(mine, 'sink', move, 1, key);
      expect([moved.status, moved.body]).toEqual([200, { id: mine.id, version: 2 }]);
      expect((await change(mine, 'sink', move, 1, key)).body).toEqual(moved.body);
      expect(problemOf(await change(mine, 'sink', move, 1))).toBe('412 stale-version');
      expect(await view(mine)).toMatchObject({ sink, postsPerMinute: 600, version: 2, state: 'ACTIVE' });
      await webhooks.posted(`${mine.path}/new`, 1);
      expect((await webhooks.service.published('notifications.subscription.changed.v1', mine.id)).data).toEqual({
        partnerId: mine.partnerId,
        part: 'SINK',
      });
      expect(problemOf(await change(mine, 'sink', { sink: 'https://10.0.0.1/in' }, 2))).toBe('422 sink-refused');
    });

    it('in its filters from the next number on, its signature and its address for alerts', async () => {
      const mine = await webhooks.subscribed();
      const first = await withdrawn();
      const filters = [{ exact: { 'data.reasonCode': 'OTHER' } }];
      expect((await change(mine, 'filters', { filters }, 1)).body).toMatchObject({ version: 2 });
      await withdrawn();
      expect(problemOf(await change(mine, 'filters', { filters: [{ exact: {} }] }, 2))).toBe('400 filter-refused');
      const many = (most: number) => Array.from({ length: most }, () => filters[0]);
      expect(problemOf(await change(mine, 'filters', { filters: many(21) }, 2))).toBe('400 invalid-request');
      expect(problemOf(await change(mine, 'filters', { filters: [{ any: many(50) }] }, 2))).toBe('400 filter-refused');
      expect(problemOf(await change(mine, 'filters', { types: ['cases.person-contact.'] }, 2))).toBe(
        '422 no-such-event',
      );
      expect((await change(mine, 'filters', { filters: [] }, 2)).body).toMatchObject({ version: 3 });
      const third = await withdrawn();
      await webhooks.service.eventually(async () =>
        expect(await numbers(mine)).toEqual([
          [1, first],
          [2, third],
        ]),
      );
      const signed = await change(mine, 'signature', { signature: 'ED25519' }, 3);
      expect(signed.body).toEqual({ id: mine.id, version: 4, publicKey: expect.stringMatching(/^whpk_/) });
      expect((await change(mine, 'alert-email', { alertEmail: 'duty@powiat.example' }, 4)).body).toMatchObject({
        version: 5,
      });
      expect(await view(mine)).toMatchObject({ signature: 'ED25519', alertEmail: 'duty@powiat.example', filters: [] });
      await webhooks.withdraw();
      const hits = await webhooks.posted(mine.path, 3);
      expect(hits.at(-1)?.headers['webhook-signature']).toMatch(/^v1a,/);
      expect((await change(mine, 'alert-email', {}, 5)).status).toBe(200);
      expect(await view(mine)).toMatchObject({ alertEmail: null });
    });

    it('and by nobody else, in no other version than the newest', async () => {
      const mine = await webhooks.subscribed();
      const changes = {
        sink: { sink: `http://${webhooks.place}/elsewhere` },
        authentication: { kind: 'NONE' },
        filters: {},
        signature: { signature: 'HMAC' },
        'alert-email': {},
      };
      for (const [what, body] of Object.entries(changes)) {
        const path = `${mine.id}/${what}`;
        expect([what, problemOf(await post(path, partner('somebody-else'), body, 1))]).toEqual([what, '404 not-found']);
        expect([what, (await post(path, operator, body, 1)).status]).toEqual([what, 403]);
        expect([what, problemOf(await change(mine, what, body, 7))]).toEqual([what, '412 stale-version']);
        expect([what, (await post(path, partner(mine.partnerId), body)).status]).toEqual([what, 428]);
      }
      expect(await view(mine)).toMatchObject({ version: 1 });
    });
  });

  describe('waits for the centre where a grant asks for it', () => {
    const granted = async (types = ['catalogue.']): Promise<string> => {
      const partnerId = `partner-${randomUUID()}`;
      await grant(partnerId, types);
      return partnerId;
    };
    const grant = async (partnerId: string, types: string[]) => {
      const body = { partnerId, types, validFrom: '2020-01-01', validTo: '2199-12-31', needsApproval: true };
      expect((await webhooks.service.http('POST', '/grants', { as: director, body })).status).toBe(201);
    };
    const asked = async (more: object = {}): Promise<Subscribed> => {
      const partnerId = await granted();
      const path = `/${partnerId}`;
      const { body } = await webhooks.service.http<{ id: string }>('POST', '/subscriptions', {
        as: partner(partnerId),
        body: { sink: `http://${webhooks.place}${path}`, ...more },
      });
      return { id: body.id, partnerId, path };
    };
    const decide = ({ id }: Subscribed, what: 'approval' | 'refusal', ifMatch: number, key?: string) =>
      post(`${id}/${what}`, director, { reason: 'Uzgodnione z powiatem' }, ifMatch, key);
    const waiting = async () => {
      const path = '/subscriptions?state=AWAITING_APPROVAL';
      const { body } = await webhooks.service.http<{ items: { id: string }[] }>('GET', path, { as: director });
      return body.items.map(({ id }) => id);
    };
    const tasks = async (id: string) => {
      const { body } = await webhooks.service.http<{ items: { matterId: string; code: string; state?: string }[] }>(
        'GET',
        '/inbox?limit=200',
        { as: director },
      );
      return body.items.filter(({ matterId }) => matterId === id);
    };

    it('before anything is numbered or sent, and then gets what has come since', async () => {
      const early = await withdrawn();
      const mine = await asked();
      const all = await asked({ startFrom: 'BEGINNING' });
      expect(await view(mine)).toMatchObject({ state: 'AWAITING_APPROVAL', version: 2 });
      expect(await tasks(mine.id)).toMatchObject([{ code: 'SUBSCRIPTION_AWAITS_APPROVAL' }]);
      expect((await waiting()).sort()).toEqual([mine.id, all.id].sort());
      const meanwhile = await withdrawn();
      expect(await numbers(mine)).toEqual([]);
      expect(problemOf(await post(`${mine.id}/test-event`, partner(mine.partnerId), {}))).toBe('409 wrong-state');
      expect((await post(`${mine.id}/approval`, partner(mine.partnerId), { reason: 'x' }, 2)).status).toBe(403);
      const key = randomUUID();
      const approved = await decide(mine, 'approval', 2, key);
      expect([approved.status, approved.body]).toEqual([200, { id: mine.id, version: 3 }]);
      expect((await decide(mine, 'approval', 2, key)).body).toEqual(approved.body);
      expect(problemOf(await decide(mine, 'approval', 3))).toBe('409 wrong-state');
      await webhooks.posted(mine.path, 1);
      const later = await withdrawn();
      await webhooks.posted(mine.path, 2);
      expect(await numbers(mine)).toEqual([
        [1, meanwhile],
        [2, later],
      ]);
      expect(await view(mine)).toMatchObject({
        state: 'ACTIVE',
        approvalBy: director.sub,
        approvalReason: 'Uzgodnione z powiatem',
      });
      expect((await decide(all, 'approval', 2)).status).toBe(200);
      const numbered = await numbers(all);
      expect(numbered.map(([, id]) => id)).toEqual(expect.arrayContaining([early, meanwhile, later]));
      expect(numbered.map(([sequence]) => sequence)).toEqual(numbered.map((_, index) => index + 1));
      expect((await webhooks.service.published('notifications.subscription.approved.v1', mine.id)).data).toEqual({
        partnerId: mine.partnerId,
        decidedBy: director.sub,
      });
    });

    it('again when its sink or authentication changes, and goes on without a hole', async () => {
      const mine = await asked();
      await decide(mine, 'approval', 2);
      webhooks.sinks.answers.set(mine.path, 503);
      const first = await withdrawn();
      await webhooks.posted(mine.path, 1);
      const sink = `http://${webhooks.place}${mine.path}/new`;
      expect((await change(mine, 'sink', { sink }, 3)).body).toMatchObject({ version: 5 });
      expect(await view(mine)).toMatchObject({ state: 'AWAITING_APPROVAL', approvalBy: null });
      const second = await withdrawn();
      expect((await decide(mine, 'refusal', 5)).status).toBe(200);
      expect(await view(mine)).toMatchObject({ state: 'REFUSED', approvalReason: 'Uzgodnione z powiatem' });
      expect((await change(mine, 'authentication', { kind: 'NONE' }, 6)).body).toMatchObject({ version: 8 });
      // Longer than the worker waits between two looks.
      await new Promise((resolve) => setTimeout(resolve, 600));
      expect(webhooks.sinks.at(`${mine.path}/new`)).toEqual([]);
      expect((await decide(mine, 'approval', 8)).status).toBe(200);
      const hits = await webhooks.posted(`${mine.path}/new`, 2);
      expect(hits.map(({ headers }) => headers['webhook-id']).sort()).toEqual([first, second].sort());
      await webhooks.posted(mine.path, 1);
      expect(await numbers(mine)).toEqual([
        [1, first],
        [2, second],
      ]);
    });

    it('once, when two decide together', async () => {
      const mine = await asked();
      const both = await Promise.all([decide(mine, 'approval', 2), decide(mine, 'refusal', 2)]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
      expect(await view(mine)).toMatchObject({ version: 3 });
      expect(await tasks(mine.id)).toMatchObject([{ acknowledgedBy: director.sub }]);
    });

    it('even if it has run without, once such a grant is given', async () => {
      const mine = await webhooks.subscribed();
      await grant(mine.partnerId, ['cases.plan.']);
      expect(await view(mine)).toMatchObject({ state: 'AWAITING_APPROVAL', version: 2 });
      const id = await withdrawn();
      expect((await decide(mine, 'approval', 2)).status).toBe(200);
      await webhooks.posted(mine.path, 1);
      expect(await numbers(mine)).toEqual([[1, id]]);
    });

    it('and what is being kept at that moment is numbered before it or after it', async () => {
      const mine = await asked();
      await decide(mine, 'approval', 2);
      const source = await dataSource({
        url: webhooks.service.database.app,
        mappings: [],
        migrations: [],
        name: 'held',
      }).initialize();
      const holder = source.createQueryRunner();
      await holder.startTransaction();
      await holder.query(`select pg_advisory_xact_lock(${feedLock})`);
      const eventId = await webhooks.withdraw();
      await webhooks.service.eventually(async () =>
        expect(
          await webhooks.service.sql(
            `select from pg_locks where locktype = 'advisory' and not granted
               and database = (select oid from pg_database where datname = current_database())`,
          ),
        ).toHaveLength(1),
      );
      // Kept later, and there before it.
      await webhooks.service.sql(
        `insert into feed_event (id, name, subject, sequence, body, received_at) values ($1, 'cases.none.v1', $1, 1, '{}', now())`,
        [randomUUID()],
      );
      const moving = change(mine, 'sink', { sink: `http://${webhooks.place}${mine.path}/new` }, 3);
      await Promise.race([moving, new Promise((resolve) => setTimeout(resolve, 500))]);
      await holder.commitTransaction();
      await source.destroy();
      expect((await moving).body).toMatchObject({ version: 5 });
      expect((await decide(mine, 'approval', 5)).status).toBe(200);
      await webhooks.service.eventually(async () => expect(await numbers(mine)).toEqual([[1, eventId]]));
    });

    it('while events flow, and none is missed or doubled', async () => {
      const mine = await asked();
      const published: string[] = [];
      const flowing = (async () => {
        for (let count = 0; count < 40; count += 1) published.push(await webhooks.withdraw());
      })();
      await decide(mine, 'approval', 2);
      await change(mine, 'sink', { sink: `http://${webhooks.place}${mine.path}` }, 3);
      await decide(mine, 'approval', 5);
      await flowing;
      await webhooks.service.eventually(async () => {
        const numbered = await numbers(mine);
        expect(numbered.map(([sequence]) => sequence)).toEqual(published.map((_, index) => index + 1));
        expect(new Set(numbered.map(([, id]) => id))).toEqual(new Set(published));
      });
    });
  });

  it('is tested at most six times a minute, and the next time is told', async () => {
    const mine = await webhooks.subscribed();
    const test = (key?: string) => post(`${mine.id}/test-event`, partner(mine.partnerId), {}, undefined, key);
    const key = randomUUID();
    const answers = [await test(key), ...(await Promise.all(Array.from({ length: 6 }, () => test())))];
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 429]);
    const refused = await test(key);
    expect(problemOf(refused)).toBe('429 too-many-tests');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(30);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(webhooks.sinks.at(mine.path)).toHaveLength(6);
    expect(
      (
        await webhooks.service.http('POST', `/subscriptions/${(await webhooks.subscribed()).id}/test-event`, {
          as: operator,
        })
      ).status,
    ).toBe(200);
  });

  it('has few beside it, also when all are asked for at once', async () => {
    const mine = await webhooks.subscribed();
    const body = { sink: `http://${webhooks.place}${mine.path}` };
    const more = await Promise.all(
      Array.from({ length: 4 }, () => post('', partner(mine.partnerId), body).then(problemOf)),
    );
    expect(more.sort()).toEqual(['201 ', ...Array<string>(3).fill('409 too-many-subscriptions')]);
    await webhooks.service.http('DELETE', `/subscriptions/${mine.id}`, { as: partner(mine.partnerId) });
    expect((await post('', partner(mine.partnerId), body)).status).toBe(201);
  });
});
