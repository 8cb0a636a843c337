import { execFileSync } from 'node:child_process';
import { createPublicKey, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flattenedVerify } from 'jose';
import { partner, type Subscribed, WebhookScenario } from '../heartbeats/scenario';
import { brokenAt } from './dispatch-evidence';

jest.setTimeout(60_000);

const operator = { sub: 'operator-jan', roles: ['operator'] } as const;
type Json = Record<string, unknown>;

/** The commands that the README tells. */
const readme = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');
const documented = readme.split('```').find((block) => block.includes('evidence.jsonl')) ?? 'false';

describe('the log of deliveries', () => {
  let webhooks: WebhookScenario;
  beforeAll(async () => {
    webhooks = await WebhookScenario.start();
  }, 60_000);
  afterAll(() => webhooks?.stop());
  afterEach(() => webhooks.service.sql('update subscription set ended_at = now() where ended_at is null'));

  const get = async <Body = Json>({ id, partnerId }: Subscribed, path: string, as: object = partner(partnerId)) =>
    webhooks.service.http<Body & Json>('GET', `/subscriptions/${id}/${path}`, { as });
  const attempted = (one: Subscribed, eventId: string, count: number) =>
    webhooks.service.eventually(async () => {
      const { body } = await get<{ state: string; attemptsMade: Json[] }>(one, `dispatches/${eventId}`);
      expect(body.attemptsMade).toHaveLength(count);
      return body;
    });
  const park = ({ id, partnerId }: Subscribed, eventId: string, as: object = partner(partnerId), key?: string) =>
    webhooks.service.http<Json>('POST', `/subscriptions/${id}/dispatches/${eventId}/parking`, {
      as,
      ...(key !== undefined && { key }),
    });

  it('keeps what was sent, without what signs it, and the beginning of what came back', async () => {
    const one = await webhooks.subscribed();
    webhooks.sinks.answers.set(one.path, 422);
    webhooks.sinks.says.set(one.path, `unknown offer ${'ż'.repeat(2000)}`);
    const eventId = await webhooks.withdraw();
    const { attemptsMade } = await attempted(one, eventId, 1);
    const [attempt] = attemptsMade;
    expect(attempt).toMatchObject({
      attempt: 1,
      status: 422,
      request: {
        'content-type': 'application/cloudevents+json; charset=utf-8',
        'webhook-id': eventId,
        'webhook-timestamp': expect.stringMatching(/^\d+$/) as string,
        'okienko-sequence': '1',
      },
      answerHeaders: { date: expect.any(String) as string },
    });
    expect(attempt?.['request']).not.toHaveProperty('webhook-signature');
    expect(attempt?.['answerBody']).toMatch(/^unknown offer ż+$/);
    expect(Buffer.byteLength(String(attempt?.['answerBody']))).toBeLessThanOrEqual(2048);
    expect((await get(one, `dispatches/${eventId}`, operator)).body).toMatchObject({ attemptsMade: [attempt] });
  });

  it('lies in months, made ahead and dropped when their time is over', async () => {
    const one = await webhooks.subscribed();
    const eventId = await webhooks.withdraw();
    await attempted(one, eventId, 1);
    const months = async () =>
      (
        await webhooks.service.sql<{ month: string }>(
          `select inhrelid::regclass::text as month from pg_inherits where inhparent = 'dispatch_attempt'::regclass order by 1`,
        )
      ).map(({ month }) => month.replace(/.*dispatch_attempt_/, ''));
    const monthIn = (days: number) => webhooks.clock.in(days).slice(0, 7).replace('-', '');
    expect(await months()).toEqual(expect.arrayContaining([monthIn(0), 'rest']));
    expect(await webhooks.service.sql('select 1 from dispatch_attempt_rest')).toEqual([]);
    const maintain = (day: string) => webhooks.service.sql('select dispatch_attempts_maintain($1, 90)', [day]);
    await maintain(webhooks.clock.in(95));
    expect(await months()).toContain(monthIn(95));
    await attempted(one, eventId, 1);
    await maintain(webhooks.clock.in(130));
    expect(await months()).not.toContain(monthIn(0));
    expect((await attempted(one, eventId, 0)).state).toBe('DELIVERED');
    await maintain(webhooks.clock.today);
  });

  it('what waits can be given up by hand, once, and lets the next about the subject pass', async () => {
    const one = await webhooks.subscribed();
    const offer = randomUUID();
    webhooks.sinks.answers.set(one.path, 422);
    const first = await webhooks.withdraw(offer, 1);
    await attempted(one, first, 1);
    const second = await webhooks.withdraw(offer, 2);
    webhooks.sinks.answers.delete(one.path);
    expect((await park(one, first, partner('another'))).status).toBe(404);
    expect((await park(one, randomUUID())).status).toBe(404);
    const key = randomUUID();
    for (let time = 0; time < 2; time += 1)
      expect(await park(one, first, partner(one.partnerId), key)).toMatchObject({
        status: 200,
        body: { sequence: 1, state: 'PARKED' },
      });
    expect((await park(one, first, operator)).body['type']).toMatch(/wrong-state$/);
    await webhooks.service.eventually(async () =>
      expect((await get(one, `dispatches/${second}`)).body['state']).toBe('DELIVERED'),
    );
    expect((await get(one, `dispatches/${first}`)).body).toMatchObject({ state: 'PARKED', nextAttemptAt: null });
  });

  it('is exported as evidence that others can check, and an edited line is found', async () => {
    const one = await webhooks.subscribed();
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) ids.push(await webhooks.withdraw());
    for (const eventId of ids) await attempted(one, eventId, 1);
    const as = partner(one.partnerId);
    const path = `/subscriptions/${one.id}/evidence?from=1&to=3`;
    const headers = { Authorization: `Bearer ${await webhooks.service.issuer.token(as)}` };
    const text = await (await fetch(`${webhooks.service.url}${path}`, { headers })).text();
    const cut = text.lastIndexOf('\n', text.length - 2) + 1;
    const [log, seal] = [text.slice(0, cut), JSON.parse(text.slice(cut)) as { signature: string }];
    const lines = log
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Json);
    expect(lines[0]).toMatchObject({ subscription: one.id, partnerId: one.partnerId, from: 1, to: 3 });
    expect(
      lines
        .slice(1)
        .map(({ eventId }) => eventId)
        .toSorted(),
    ).toEqual(ids.toSorted());
    expect(lines[1]).toMatchObject({ sequence: 1, state: 'DELIVERED', attempts: [{ attempt: 1, status: 204 }] });

    const key = (await webhooks.service.http<{ kid: string; publicKey: string }>('GET', '/evidence-key', { as })).body;
    const [header = '', signature = ''] = seal.signature.split('..');
    const isSigned = (payload: string): Promise<boolean> =>
      flattenedVerify({ protected: header, payload, signature }, createPublicKey(key.publicKey), {
        crit: { b64: true },
      }).then(
        ({ protectedHeader }) => protectedHeader?.kid === key.kid,
        () => false,
      );
    const edited = log.replace('"status": 204', '"status":500').replace('"status":204', '"status":500');
    expect(edited).not.toBe(log);
    expect([brokenAt(log), await isSigned(log)]).toEqual([undefined, true]);
    expect([brokenAt(edited), await isSigned(edited)]).toEqual([2, false]);
    expect(checkedAsDocumented(text, key.publicKey)).toContain('Success');
    expect(() => checkedAsDocumented(text.replace(log, edited), key.publicKey)).toThrow();

    expect((await webhooks.service.http('GET', path, { as: partner('another') })).status).toBe(404);
    const tooLong = await get(one, 'evidence?from=1&to=1001');
    expect([tooLong.status, tooLong.body['type']]).toEqual([422, expect.stringMatching(/range-refused$/)]);
  });
});

function checkedAsDocumented(evidence: string, key: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
  try {
    writeFileSync(join(folder, 'evidence.jsonl'), evidence);
    writeFileSync(join(folder, 'key.pem'), key);
    return execFileSync('bash', ['-c', `set -e\n${documented}`], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
