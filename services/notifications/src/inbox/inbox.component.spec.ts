import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Principal, type Role, roles } from '@okienko/chassis/access';
import { loadConfig } from '@okienko/chassis/config';
import { createService, type RunningService } from '@okienko/chassis/create-service';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { generateSealingKeyPair } from '@okienko/privacy/sealed-payload';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { NotificationsConfig } from '../config';
import { notificationsService } from '../service';
import { InboxCommands } from './inbox.commands';
import type { NoticeTerms } from './notice';

jest.setTimeout(30_000);

const day = 24 * 60 * 60 * 1000;
class TestClock extends Clock {
  later = 0;
  override now(): Date {
    return new Date(Date.now() + this.later);
  }
}

const desk = { sub: 'desk-anna', roles: ['desk'] } as const;
const colleague = { sub: 'desk-jan', roles: ['desk'] } as const;
const coordinator = { sub: 'kipus-ewa', roles: ['coordinator'] } as const;
const organiser = { sub: 'ous-olga', roles: ['services-organiser'] } as const;

interface Frame {
  readonly id: string;
  readonly news: { readonly unread: number; readonly unacknowledged: number; readonly notices: readonly string[] };
}
interface Stream {
  readonly status: number;
  readonly frames: readonly Frame[];
  readonly ended: Promise<void>;
  close(): void;
}

describe('the inbox of staff', () => {
  const clock = new TestClock();
  let service: ServiceUnderTest;
  /** A second replica, through which the notices of this test come. */
  let other: RunningService;
  let otherUrl: string;

  beforeAll(async () => {
    const environment = {
      WEBHOOK_KEY: randomBytes(32).toString('base64'),
      MASTER_KEY: randomBytes(32).toString('base64'),
      SEALING_PRIVATE_KEY: JSON.stringify((await generateSealingKeyPair()).privateJwk),
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'wiadomosci@cus.example.pl',
    };
    service = await startForTest(notificationsService, environment, clock);
    const config = loadConfig(NotificationsConfig, {
      ...environment,
      DATABASE_URL: service.database.app,
      NATS_URL: process.env['TEST_NATS_URL'] ?? '',
      EVENT_NAMESPACE: service.namespace,
      OIDC_ISSUER: service.issuer.url,
      LOG_LEVEL: 'silent',
      RATE_LIMIT: '1000000',
    });
    other = await createService(notificationsService, config, clock);
    await other.app.listen(0, '127.0.0.1');
    otherUrl = await other.app.getUrl();
  }, 60_000);
  afterAll(async () => {
    await other?.stop();
    await service?.stop();
  });
  beforeEach(() => service.sql('truncate notice cascade'));

  const notify = async (to: NoticeTerms['to'], more: Partial<NoticeTerms> = {}): Promise<string> => {
    const terms = { causeId: randomUUID(), matterId: randomUUID(), kind: 'TASK', code: 'REACH_PERSON', to } as const;
    await other.app.get(UnitOfWork).run((work) => other.app.get(InboxCommands).notify(work, { ...terms, ...more }));
    const [row] = await service.sql<{ id: string }>('select id from notice where cause_id = $1', [
      more.causeId ?? terms.causeId,
    ]);
    return row?.id ?? '';
  };
  const post = (path: string, as: Partial<Principal>, ifMatch?: number, key?: string) =>
    service.http('POST', path, { as, ...(ifMatch === undefined ? {} : { ifMatch }), ...(key ? { key } : {}) });
  const listed = async (as: Partial<Principal>, query = ''): Promise<string[]> =>
    (await service.http<{ items: { id: string }[] }>('GET', `/inbox${query}`, { as })).body.items.map(({ id }) => id);
  const counts = async (as: Partial<Principal>) => (await service.http('GET', '/inbox/counts', { as })).body;

  /** Reads server-sent events as any client of HTTP does. */
  async function follow(
    as: Partial<Principal>,
    more: { from?: string; since?: string; exp?: number } = {},
  ): Promise<Stream> {
    const ending = new AbortController();
    const token = await service.issuer.token(as, more.exp === undefined ? {} : { exp: more.exp });
    const response = await fetch(`${more.from ?? service.url}/inbox/stream`, {
      headers: { Authorization: `Bearer ${token}`, ...(more.since ? { 'Last-Event-ID': more.since } : {}) },
      signal: ending.signal,
    });
    const frames: Frame[] = [];
    const read = async (): Promise<void> => {
      let rest = '';
      for await (const chunk of response.body ?? []) {
        const parts = (rest + Buffer.from(chunk as Uint8Array).toString()).split('\n\n');
        rest = parts.pop() ?? '';
        for (const part of parts) {
          const [, id, data] = /^id: (\d+)\nevent: inbox\ndata: (.*)$/.exec(part) ?? [];
          if (id && data) frames.push({ id, news: JSON.parse(data) as Frame['news'] });
        }
      }
    };
    const ended = read().catch(() => undefined);
    return { status: response.status, frames, ended, close: () => ending.abort() };
  }

  it('takes a notice once for each cause, addressee and code, also from two replicas at once', async () => {
    const causeId = randomUUID();
    await Promise.all(Array.from({ length: 6 }, () => notify({ role: 'desk' }, { causeId })));
    await notify({ role: 'desk' }, { causeId, code: 'LETTER_TO_PRINT' });
    await notify({ role: 'coordinator' }, { causeId });
    expect(await listed(desk)).toHaveLength(2);
    expect(await listed(coordinator)).toHaveLength(1);
    await service.eventually(() =>
      expect(
        service
          .events('notifications.notice.opened.v1')
          .filter(({ data }) => (data as { causeId: string }).causeId === causeId),
      ).toHaveLength(3),
    );
  });

  it('is read by each for themselves, and acknowledged for all', async () => {
    const id = await notify({ role: 'desk' });
    expect(await counts(desk)).toEqual({ unread: 1, unacknowledged: 1, overdue: 0 });
    const key = randomUUID();
    for (const _ of [1, 2])
      expect(await post(`/inbox/${id}/reading`, desk, undefined, key)).toMatchObject({
        status: 200,
        body: { id, version: 1 },
      });
    expect(await post(`/inbox/${id}/reading`, desk)).toMatchObject({ status: 200 });
    expect(await service.sql('select 1 from notice_reading where notice_id = $1', [id])).toHaveLength(1);
    expect([await counts(desk), await counts(colleague)]).toMatchObject([{ unread: 0 }, { unread: 1 }]);
    expect([await listed(desk, '?state=unread'), await listed(desk, '?state=unacknowledged')]).toEqual([[], [id]]);

    const path = `/inbox/${id}/acknowledgement`;
    expect((await post(path, colleague)).status).toBe(428);
    expect((await post(path, colleague, 7)).status).toBe(412);
    const again = randomUUID();
    for (const _ of [1, 2])
      expect(await post(path, colleague, 1, again)).toMatchObject({ status: 200, body: { id, version: 2 } });
    expect((await post(path, desk, 2)).status).toBe(409);
    expect(await counts(desk)).toEqual({ unread: 0, unacknowledged: 0, overdue: 0 });
    expect((await service.published('notifications.notice.acknowledged.v1', id)).data).toMatchObject({
      code: 'REACH_PERSON',
      acknowledgedBy: 'desk-jan',
    });
    const { body } = await service.http<{ items: unknown[] }>('GET', '/inbox', { as: desk });
    expect(body.items).toMatchObject([{ id, acknowledgedBy: 'desk-jan', readAt: expect.any(String) }]);
  });

  it('shows nobody what is for somebody else', async () => {
    const providerId = randomUUID();
    const provider = { sub: 'provider-1', roles: ['provider'], providerId } as const;
    const ofDesk = await notify({ role: 'desk', unit: 'main' });
    const ofEwa = await notify({ sub: 'kipus-ewa' });
    const ofProvider = await notify({ providerId });
    const strangers: [string, Partial<Principal>[]][] = [
      [ofDesk, [coordinator, organiser, provider, { ...desk, unit: 'north' }]],
      [ofEwa, [{ ...coordinator, sub: 'kipus-iza' }, desk, organiser]],
      [ofProvider, [{ ...provider, providerId: randomUUID() }, desk, { ...desk, providerId }]],
    ];
    for (const [id, callers] of strangers)
      for (const as of callers) {
        expect(await listed(as)).not.toContain(id);
        expect((await post(`/inbox/${id}/reading`, as)).status).toBe(404);
        expect((await post(`/inbox/${id}/acknowledgement`, as, 9)).status).toBe(404);
      }
    expect([await listed(desk), await listed(coordinator), await listed(provider)]).toEqual([
      [ofDesk],
      [ofEwa],
      [ofProvider],
    ]);
  });

  const may: readonly Role[] = [
    'desk',
    'coordinator',
    'services-organiser',
    'community-organiser',
    'director',
    'finance',
    'provider',
    'auditor',
  ];
  it.each(roles)('answers a %s by their role', async (role) => {
    const as = { sub: `${role}-1`, roles: [role] };
    const id = may.includes(role) ? await notify({ sub: as.sub }) : randomUUID();
    const expected = may.includes(role) ? 200 : 403;
    const answers = [
      await service.http('GET', '/inbox', { as }),
      await service.http('GET', '/inbox/counts', { as }),
      await post(`/inbox/${id}/reading`, as),
      await post(`/inbox/${id}/acknowledgement`, as, 1),
    ];
    const stream = await follow(as);
    stream.close();
    expect([...answers.map(({ status }) => status), stream.status]).toEqual(Array(5).fill(expected));
  });

  it('refuses what it cannot read', async () => {
    const get = (path: string, headers = {}) => service.http('GET', path, { as: desk, headers });
    expect((await get('/inbox?state=lost')).status).toBe(400);
    expect((await get('/inbox?after=x')).status).toBe(400);
    expect((await get('/inbox/stream', { 'Last-Event-ID': 'yesterday' })).status).toBe(400);
    expect((await service.http('GET', '/inbox/stream')).status).toBe(401);
    expect((await post(`/inbox/${randomUUID()}/reading`, desk)).status).toBe(404);
  });

  it('is paged from the newest on', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.unshift(await notify({ role: 'desk' }));
    const { body } = await service.http<{ items: { id: string }[]; next: string }>('GET', '/inbox?limit=3', {
      as: desk,
    });
    expect(body.items.map(({ id }) => id)).toEqual(ids.slice(0, 3));
    expect(await listed(desk, `?limit=3&after=${body.next}`)).toEqual(ids.slice(3));
  });

  describe('followed live', () => {
    it('tells on both replicas of what comes, is read and acknowledged, and of nothing of others', async () => {
      const streams = await Promise.all([follow(desk), follow(desk, { from: otherUrl })]);
      const stranger = await follow(coordinator);
      for (const { frames } of [...streams, stranger])
        await service.eventually(() => expect(frames).toMatchObject([{ news: { unacknowledged: 0, notices: [] } }]));
      const id = await notify({ role: 'desk' });
      const hears = async (news: object): Promise<void> => {
        for (const { frames } of streams)
          await service.eventually(() => expect(frames.at(-1)).toMatchObject({ news: { ...news, notices: [id] } }));
      };
      await hears({ unread: 1, unacknowledged: 1 });
      await post(`/inbox/${id}/reading`, desk);
      await hears({ unread: 0, unacknowledged: 1 });
      await post(`/inbox/${id}/acknowledgement`, colleague, 1);
      await hears({ unread: 0, unacknowledged: 0 });
      expect(stranger.frames).toHaveLength(1);
      for (const stream of [...streams, stranger]) stream.close();
    });

    it('goes on from the last event, also of another replica, and misses nothing', async () => {
      const first = await follow(desk);
      await service.eventually(() => expect(first.frames).toHaveLength(1));
      first.close();
      const ids = await Promise.all(Array.from({ length: 5 }, () => notify({ role: 'desk' })));
      await notify({ role: 'coordinator' });
      const again = await follow(desk, { from: otherUrl, since: first.frames[0]?.id ?? '' });
      await service.eventually(() =>
        expect([...new Set(again.frames.flatMap(({ news }) => news.notices))].sort()).toEqual([...ids].sort()),
      );
      again.close();
    });

    it('ends with the token', async () => {
      const stream = await follow(desk, { exp: Math.floor(Date.now() / 1000) + 2 });
      expect(stream.status).toBe(200);
      await stream.ended;
      expect(stream.frames.length).toBeGreaterThan(0);
    });

    it('is for so many windows of one account', async () => {
      const as = { sub: 'desk-many', roles: ['desk'] } as const;
      const streams = await Promise.all(Array.from({ length: 10 }, () => follow(as)));
      expect(streams.map(({ status }) => status)).toEqual(Array(10).fill(200));
      expect((await service.http('GET', '/inbox/stream', { as })).body).toMatchObject({ status: 429 });
      const elsewhere = await follow(colleague);
      expect(elsewhere.status).toBe(200);
      for (const stream of [...streams, elsewhere]) stream.close();
      const next = await service.eventually(async () => {
        const one = await follow(as);
        expect(one.status).toBe(200);
        return one;
      });
      next.close();
    });

    it('lets a replica go that stops', async () => {
      const replica = await service.replica();
      const stream = await follow(desk, { from: replica.url });
      await service.eventually(() => expect(stream.frames).toHaveLength(1));
      await Promise.all([replica.stop(), stream.ended]);
    });
  });

  it('hands what is overdue to the organiser, once, whichever of three replicas sees it', async () => {
    const dueAt = new Date(clock.now().getTime() + day);
    const ids = await Promise.all(Array.from({ length: 20 }, () => notify({ role: 'desk' }, { dueAt })));
    const done = await notify({ role: 'desk' }, { dueAt });
    await post(`/inbox/${done}/acknowledgement`, desk, 1);
    expect(await listed(organiser)).toEqual([]);
    const replica = await service.replica();
    try {
      clock.later = 2 * day;
      await service.eventually(async () => expect((await listed(organiser)).sort()).toEqual([...ids].sort()), 20_000);
      expect(await counts(organiser)).toEqual({ unread: 20, unacknowledged: 20, overdue: 20 });
      await service.published('notifications.notice.escalated.v1', ids.at(-1));
      await pause(1_000);
      const escalated = service.events('notifications.notice.escalated.v1').map(({ subject }) => subject);
      expect(escalated.sort()).toEqual([...ids].sort());
      expect(await listed(desk)).toHaveLength(21);
      expect((await post(`/inbox/${ids[0]}/acknowledgement`, organiser, 2)).status).toBe(200);
    } finally {
      clock.later = 0;
      await replica.stop();
    }
  });
});
