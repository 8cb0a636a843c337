import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceOfferWithdrawnV1 } from '@okienko/contracts/catalogue/service-offer-withdrawn.v1';
import { planRedraftedV1 } from '@okienko/contracts/cases/plan-redrafted.v1';
import { event } from '@okienko/contracts/event';
import { generateSealingKeyPair } from '@okienko/privacy/sealed-payload';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import * as fc from 'fast-check';
import { notificationsService } from '../service';
import type { Filter } from './filter';

jest.setTimeout(60_000);

const director = { sub: 'director-maria', roles: ['director'] } as const;
const operator = { sub: 'operator-jan', roles: ['operator'] } as const;
const partner = (partnerId: string) => ({ sub: `system-${partnerId}`, roles: ['partner'] as const, partnerId });
const forTheYear = { validFrom: '2020-01-01', validTo: '2199-12-31' };
const elblag = '2861011';
const ostrowiec = '2607011';

interface FeedItem {
  readonly sequence: number;
  readonly event: { readonly id: string; readonly subject: string; readonly gmina?: string } | null;
}

describe('subscriptions as partners ask for them', () => {
  let service: ServiceUnderTest;

  beforeAll(async () => {
    const { privateJwk } = await generateSealingKeyPair();
    service = await startForTest(notificationsService, {
      WEBHOOK_KEY: randomBytes(32).toString('base64'),
      SEALING_PRIVATE_KEY: JSON.stringify(privateJwk),
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'wiadomosci@cus.example.pl',
      ALLOWED_PRIVATE_SINKS: '127.0.0.1:9',
    });
  }, 60_000);
  afterAll(() => service?.stop());
  afterEach(() => service.sql('update subscription set ended_at = now() where ended_at is null'));

  const granted = async (types: string[], more: object = {}): Promise<string> => {
    const partnerId = `partner-${randomUUID()}`;
    const body = { partnerId, types, ...forTheYear, ...more };
    expect((await service.http('POST', '/grants', { as: director, body })).status).toBe(201);
    return partnerId;
  };
  const subscribe = async (partnerId: string, more: object = {}): Promise<{ id: string; secret: string }> => {
    const body = { sink: 'http://127.0.0.1:9/hook', ...more };
    const made = await service.http<{ id: string; secret: string }>('POST', '/subscriptions', {
      as: partner(partnerId),
      body,
    });
    expect(made).toMatchObject({ status: 201 });
    return made.body;
  };
  const withdraw = (gmina?: string, reasonCode = 'EXAMPLE'): Promise<string> =>
    service.publish(event(serviceOfferWithdrawnV1, randomUUID(), { reasonCode }, gmina), { sequence: 1 });
  const kept = (...ids: string[]): Promise<void> =>
    service.eventually(async () => {
      const found = await service.sql('select from feed_event where id = any($1)', [ids]);
      expect(found).toHaveLength(ids.length);
    });
  const feed = async (id: string, partnerId: string, after = 0): Promise<FeedItem[]> => {
    const path = `/subscriptions/${id}/events?limit=200&after=${after}`;
    return (await service.http<{ items: FeedItem[] }>('GET', path, { as: partner(partnerId) })).body.items;
  };
  const idsOf = async (id: string, partnerId: string): Promise<(string | undefined)[]> =>
    (await feed(id, partnerId)).map((item) => item.event?.id);

  describe('filters', () => {
    const matches = async (filters: readonly object[], facts: object): Promise<boolean> => {
      const [row] = await service.sql<{ fits: boolean }>('select event_matches($1, $2) as fits', [
        JSON.stringify(filters),
        JSON.stringify(facts),
      ]);
      return row?.fits === true;
    };

    it('mean in the database what a few lines of code mean', async () => {
      const texts = fc.constantFrom('a', 'ab', 'abc', 'bc', 'c', '%', 'a_c');
      const attribute = fc.dictionary(fc.constantFrom('type', 'gmina', 'data.code'), texts, { minKeys: 1, maxKeys: 2 });
      const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
        filter: fc.oneof(
          { maxDepth: 3 },
          fc.record({ exact: attribute }),
          fc.record({ prefix: attribute }),
          fc.record({ suffix: attribute }),
          fc.record({ not: tie('filter') }),
          fc.record({ all: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
          fc.record({ any: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
        ) as fc.Arbitrary<Filter>,
      }));
      const facts = fc.record(
        { type: texts, gmina: texts, data: fc.record({ code: texts }, { requiredKeys: [] }) },
        { requiredKeys: ['type', 'data'] },
      );
      await fc.assert(
        fc.asyncProperty(fc.array(filter, { maxLength: 3 }), facts, async (filters, given) => {
          expect(await matches(filters, given)).toBe(filters.every((one) => fits(one, given)));
        }),
        { numRuns: 300 },
      );
    });

    const cases = join(
      __dirname,
      '../../../../../shared/conformance/cloudevents/dialects/subscriptions_api_recreations.yaml',
    );
    if (!existsSync(cases))
      process.stdout.write('The dialect cases of CloudEvents are not at hand; they are left out.\n');
    (existsSync(cases) ? it : it.skip)('decide the cases that CloudEvents gives for them', async () => {
      const given = dialectCases(readFileSync(cases, 'utf8'));
      expect(given.length).toBeGreaterThan(20);
      for (const { name, expression, result, facts } of given)
        expect([name, await matches([filterOf(expression)], facts)]).toEqual([name, result]);
    });

    it('let through what fits, number it densely, and are refused with their place', async () => {
      const partnerId = await granted(['catalogue.']);
      const { id } = await subscribe(partnerId, {
        filters: [{ any: [{ exact: { gmina: elblag } }, { exact: { 'data.reasonCode': 'MERGED' } }] }],
      });
      const here = await withdraw(elblag);
      const elsewhere = await withdraw(ostrowiec);
      const merged = await withdraw(undefined, 'MERGED');
      await kept(here, elsewhere, merged);
      expect((await feed(id, partnerId)).map(({ sequence, event: one }) => [sequence, one?.id])).toEqual([
        [1, here],
        [2, merged],
      ]);
      const refused = await service.http('POST', '/subscriptions', {
        as: partner(partnerId),
        body: { sink: 'http://127.0.0.1:9/hook', filters: [{ exact: { 'data.personId': randomUUID() } }] },
      });
      expect(refused).toMatchObject({ status: 400, body: { title: expect.any(String) as string } });
      expect(JSON.stringify(refused.body)).toContain('filter-refused');
    });

    it('can be tried on what has come, and trying changes nothing', async () => {
      const partnerId = await granted(['catalogue.']);
      const fitting = await withdraw(elblag, 'TRIED');
      const other = await withdraw(ostrowiec, 'TRIED');
      await kept(fitting, other);
      const before = await service.sql('select count(*) from dispatch');
      const { status, body } = await service.http<{ looked: number; matched: number; examples: { eventId: string }[] }>(
        'POST',
        '/subscription-trials',
        {
          as: partner(partnerId),
          body: { filters: [{ exact: { gmina: elblag, 'data.reasonCode': 'TRIED' } }], last: 2 },
        },
      );
      expect(status).toBe(200);
      expect(body).toMatchObject({ looked: 2, matched: 1, examples: [{ eventId: fitting, gmina: elblag }] });
      expect(await service.sql('select count(*) from dispatch')).toEqual(before);
      const nothing = await service.http('POST', '/subscription-trials', {
        as: partner(await granted(['cases.plan.closed.v1'])),
        body: {},
      });
      expect(nothing.body).toMatchObject({ looked: 0, matched: 0, examples: [] });
    });
  });

  describe('a beginning in the past', () => {
    it('numbers everything kept, and what comes meanwhile after it, on two replicas', async () => {
      const partnerId = await granted(['cases.plan.redrafted.v1']);
      const other = await service.replica();
      try {
        const plan = randomUUID();
        const redraft = (sequence: number): Promise<string> =>
          service.publish(event(planRedraftedV1, plan, { personId: randomUUID() }), { sequence });
        const published: string[] = [];
        for (let sequence = 1; sequence <= 20; sequence += 1) published.push(await redraft(sequence));
        const publishing = (async () => {
          for (let sequence = 21; sequence <= 120; sequence += 1) published.push(await redraft(sequence));
        })();
        const ids = await Promise.all(
          Array.from({ length: 4 }, () => subscribe(partnerId, { startFrom: 'BEGINNING' }).then(({ id }) => id)),
        );
        await publishing;
        await kept(...published);
        for (const id of ids) {
          const items = await feed(id, partnerId);
          expect(items.map(({ sequence }) => sequence)).toEqual(items.map((_, index) => index + 1));
          expect(items.map((item) => item.event?.id)).toEqual(published);
        }
      } finally {
        await other.stop();
      }
    });

    it('or at a moment', async () => {
      const partnerId = await granted(['catalogue.']);
      const early = await withdraw();
      await kept(early);
      const [row] = await service.sql<{ at: Date }>('select max(received_at) as at from feed_event');
      const startAt = new Date((row?.at.getTime() ?? 0) + 1).toISOString();
      await new Promise((resolve) => setTimeout(resolve, 5));
      const late = await withdraw();
      await kept(late);
      const { id } = await subscribe(partnerId, { startAt });
      expect(await idsOf(id, partnerId)).toEqual([late]);
      const now = await subscribe(partnerId);
      expect(await idsOf(now.id, partnerId)).toEqual([]);
    });
  });

  it('a grant for some gminas covers theirs alone, and nothing that names none', async () => {
    const partnerId = await granted(['catalogue.'], { gminas: [elblag], purpose: 'CARE_COORDINATION' });
    const { id } = await subscribe(partnerId);
    const here = await withdraw(elblag);
    const elsewhere = await withdraw(ostrowiec);
    const nowhere = await withdraw();
    await kept(here, elsewhere, nowhere);
    expect(await idsOf(id, partnerId)).toEqual([here]);
    const why = async (eventId: string): Promise<unknown> =>
      (await service.http('GET', `/subscriptions/${id}/explanation?eventId=${eventId}`, { as: partner(partnerId) }))
        .body;
    expect(await why(here)).toMatchObject({ because: 'DISPATCHED', sequence: 1 });
    expect(await why(elsewhere)).toMatchObject({ because: 'NOT_GRANTED', sequence: null });
    expect(await why(nowhere)).toMatchObject({ because: 'NOT_GRANTED' });
    expect(await why(randomUUID())).toMatchObject({ because: 'UNKNOWN' });
    const listed = await service.http<{ items: { gminas: string[]; purpose: string }[] }>(
      'GET',
      `/grants?partnerId=${partnerId}`,
      { as: director },
    );
    expect(listed.body.items).toMatchObject([{ gminas: [elblag], purpose: 'CARE_COORDINATION' }]);
  });

  it('a partner proves by a digest that it has everything, says so, and never takes it back', async () => {
    const partnerId = await granted(['catalogue.']);
    const { id } = await subscribe(partnerId);
    const first = await withdraw();
    await kept(first);
    const second = await withdraw();
    await kept(second);
    const as = partner(partnerId);
    const mine = createHash('sha256').update(`1 ${first}\n2 ${second}\n`).digest('hex');
    const digest = await service.http('GET', `/subscriptions/${id}/digest?from=1&to=2`, { as });
    expect(digest.body).toEqual({ from: 1, to: 2, count: 2, sha256: mine });
    expect((await service.http('GET', `/subscriptions/${id}/digest?from=2&to=1`, { as })).status).toBe(422);
    const acknowledge = (acknowledged: number) =>
      service.http('POST', `/subscriptions/${id}/acknowledgement`, { as, body: { acknowledged } });
    const view = async (): Promise<unknown> => (await service.http('GET', `/subscriptions/${id}`, { as })).body;
    expect((await acknowledge(1)).status).toBe(200);
    expect(await view()).toMatchObject({ acknowledged: 1 });
    await acknowledge(2_000_000_000);
    expect(await view()).toMatchObject({ acknowledged: 2, lastSequence: 2 });
    await acknowledge(0);
    expect(await view()).toMatchObject({ acknowledged: 2 });
  });

  it('is paused by its partner and goes on being numbered; what failed or was done is sent again on demand', async () => {
    const partnerId = await granted(['catalogue.']);
    const as = partner(partnerId);
    const { id } = await subscribe(partnerId);
    expect((await service.http('POST', `/subscriptions/${id}/pause`, { as, body: {} })).status).toBe(200);
    expect((await service.http('GET', `/subscriptions/${id}`, { as })).body).toMatchObject({ state: 'PAUSED' });
    const eventId = await withdraw();
    await kept(eventId);
    expect(await idsOf(id, partnerId)).toEqual([eventId]);
    await service.sql(`update dispatch set state = 'PARKED', finished_at = now() where subscription_id = $1`, [id]);
    const again = (range: object, key?: string) =>
      service.http('POST', `/subscriptions/${id}/redelivery`, { as, body: range, ...(key && { key }) });
    const key = randomUUID();
    expect((await again({ from: 1, to: 5 }, key)).body).toEqual({ count: 1 });
    expect((await again({ from: 1, to: 5 }, key)).body).toEqual({ count: 1 });
    expect((await again({ from: 1, to: 5 })).body).toEqual({ count: 0 });
    expect((await again({ from: 1, to: 20_000 })).status).toBe(422);
    const dispatch = await service.http('GET', `/subscriptions/${id}/dispatches/${eventId}`, { as });
    expect(dispatch.body).toMatchObject({ sequence: 1, state: 'PENDING', attemptsMade: [] });
    expect((await service.http('POST', `/subscriptions/${id}/resumption`, { as, body: {} })).status).toBe(200);
    await service.eventually(async () => {
      const { body } = await service.http('GET', `/subscriptions/${id}/dispatches/${eventId}`, { as: operator });
      expect(body).toMatchObject({ attemptsMade: [{ status: null, errorCode: 'ECONNREFUSED' }] });
    });
  });

  it('rotates its secret once for a repeated request, and nobody else does', async () => {
    const partnerId = await granted(['catalogue.']);
    const { id, secret } = await subscribe(partnerId);
    const rotate = (as: object, key = randomUUID()) =>
      service.http<{ secret: string }>('POST', `/subscriptions/${id}/secret-rotation`, { as, body: {}, key });
    const key = randomUUID();
    const first = await rotate(partner(partnerId), key);
    expect(first.status).toBe(200);
    expect(first.body.secret).not.toBe(secret);
    expect((await rotate(partner(partnerId), key)).body).toEqual(first.body);
    const view = await service.http('GET', `/subscriptions/${id}`, { as: partner(partnerId) });
    expect(view.body['earlierSecretUntil']).toEqual(expect.any(String));
    expect((await rotate(partner('somebody-else'))).status).toBe(404);
    expect((await rotate(operator)).status).toBe(403);
    for (const path of ['digest?from=1&to=1', `explanation?eventId=${id}`, `dispatches/${id}`])
      expect((await service.http('GET', `/subscriptions/${id}/${path}`, { as: partner('somebody-else') })).status).toBe(
        404,
      );
  });
});

type Facts = { readonly type: string; readonly gmina?: string; readonly data: { readonly code?: string } };

function fits(filter: Filter, facts: Facts): boolean {
  if ('all' in filter) return filter.all.every((one) => fits(one, facts));
  if ('any' in filter) return filter.any.some((one) => fits(one, facts));
  if ('not' in filter) return !fits(filter.not, facts);
  const values: Record<string, string | undefined> = {
    type: facts.type,
    gmina: facts.gmina,
    'data.code': facts.data.code,
  };
  const [[dialect, wanted]] = Object.entries(filter) as [[string, Record<string, string>]];
  return Object.entries(wanted).every(([name, text]) => {
    const found = values[name];
    if (found === undefined) return false;
    if (dialect === 'exact') return found === text;
    return dialect === 'prefix' ? found.startsWith(text) : found.endsWith(text);
  });
}

/** The cases are written in CESQL: comparisons and LIKE with one wildcard, joined by AND and OR, each group in its own brackets. */
function filterOf(expression: string): object {
  const joined = (text: string, word: string): string[] => {
    const parts = text.split(new RegExp(` ${word} `, 'i'));
    // What was cut within brackets belongs together.
    return parts.reduce<string[]>((all, part) => {
      const last = all.at(-1);
      const isOpen = last !== undefined && last.split('(').length > last.split(')').length;
      return isOpen ? [...all.slice(0, -1), `${last} ${word} ${part}`] : [...all, part];
    }, []);
  };
  const text = /^\(([^()]*)\)$/.exec(expression)?.[1] ?? expression;
  const any = joined(text, 'OR');
  if (any.length > 1) return { any: any.map(filterOf) };
  const all = joined(text, 'AND');
  if (all.length > 1) return { all: all.map(filterOf) };
  const [, name = '', operator = '', value = ''] = /^(\w+)\s+(=|like)\s+'(.*)'$/i.exec(text) ?? [];
  if (operator === '=') return { exact: { [name]: value } };
  return value.startsWith('%') ? { suffix: { [name]: value.slice(1) } } : { prefix: { [name]: value.slice(0, -1) } };
}

function dialectCases(yaml: string) {
  const line = (text: string, key: string): string => new RegExp(`^\\s+${key}: (.*?)\\s*$`, 'm').exec(text)?.[1] ?? '';
  return yaml
    .split(/^ {2}- name: /m)
    .slice(1)
    .map((text) => ({
      name: text.split('\n')[0] ?? '',
      expression: line(text, 'expression').replace(/^"|"$/g, ''),
      result: line(text, 'result') === 'true',
      facts: {
        id: 'some-id',
        source: 'some-source',
        type: 'some-type',
        ...Object.fromEntries(
          [...text.matchAll(/^ {6}(\w+): "(.*?)"/gm)].map(([, name = '', value = '']) => [name, value]),
        ),
      },
    }));
}
