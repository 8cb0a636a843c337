import type { GatewayView } from './gateways.dto';
import { Sending } from '../messages/scenario';

jest.setTimeout(60_000);

describe('gateways', () => {
  let sending: Sending;
  beforeAll(async () => {
    sending = await Sending.start({ MESSAGE_ATTEMPTS: '20' });
  }, 60_000);
  afterAll(() => sending?.stop());

  const seen = async (channel: string): Promise<GatewayView | undefined> => {
    const { body } = await sending.service.http<{ items: GatewayView[] }>('GET', '/gateways', {
      as: { roles: ['operator'] },
    });
    return body.items.find((one) => one.channel === channel);
  };
  const stateBecomes = (channel: string, state: string) =>
    sending.service.eventually(async () => expect((await seen(channel))?.state).toBe(state));

  it('a broken one delays only itself, is seen, and goes on when it works again', async () => {
    sending.phones.trouble = { status: 503 };
    const people = await Promise.all(Array.from({ length: 8 }, () => sending.person()));
    const shorts = await Promise.all(people.map(({ personId }) => sending.queue(personId, ['SMS'])));
    await stateBecomes('SMS', 'BROKEN');
    expect(await seen('SMS')).toMatchObject({ restsUntil: expect.any(String), brokenSince: expect.any(String) });
    const metrics = await fetch(`${sending.service.url}/metrics`).then((response) => response.text());
    expect(metrics).toMatch(/notifications_gateway_state\{[^}]*channel="SMS",state="BROKEN"[^}]*\} 1/);
    expect(metrics).toMatch(/notifications_messages_total\{[^}]*channel="SMS",outcome="NOT_NOW"[^}]*\} [1-9]/);

    const before = Date.now();
    const mails = await Promise.all(people.map(({ personId }) => sending.queue(personId, ['EMAIL'])));
    await Promise.all(mails.map((id) => sending.settled(id, 'SENT')));
    expect(Date.now() - before).toBeLessThan(2_000);
    expect((await seen('EMAIL'))?.state).toBe('WORKS');

    const tried = sending.phones.posted.length;
    await sending.hurry();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    // A probe may come between, a stampede may not.
    expect(sending.phones.posted.length - tried).toBeLessThanOrEqual(1);

    sending.phones.trouble = undefined;
    await sending.service.eventually(async () => {
      await sending.hurry();
      for (const id of shorts) expect((await sending.message(id)).state).toBe('SENT');
    }, 20_000);
    await stateBecomes('SMS', 'WORKS');
    for (const { phone } of people)
      expect(new Set(sending.phones.to(phone).map(({ reference }) => reference)).size).toBe(1);
  });

  it('a slow one delays only itself, and a message that is under way long is not sent twice', async () => {
    const [slow, quick] = [await sending.person(), await sending.person()];
    sending.phones.replies.set(slow.phone, [{ status: 200, after: 3_000 }]);
    const late = await sending.queue(slow.personId, ['SMS']);
    await sending.service.eventually(() => expect(sending.phones.to(slow.phone)).toHaveLength(1));
    const soon = await sending.queue(quick.personId, ['SMS', 'EMAIL']);
    await sending.settled(soon, 'SENT');
    expect((await sending.message(late)).state).toBe('QUEUED');
    await sending.settled(late, 'SENT');
    expect(sending.phones.to(slow.phone)).toHaveLength(1);
  });

  it('what a broken one has kept waiting for too long goes another way', async () => {
    const { personId, email } = await sending.person();
    await sending.service.sql(
      `update gateway set failures = 9, broken_since = now() - interval '19 hours', rests_until = now() + interval '1 hour' where channel = 'SMS'`,
    );
    const id = await sending.queue(personId, ['SMS', 'EMAIL']);
    await sending.service.sql(`update message set next_attempt_at = now() - interval '19 hours' where id = $1`, [id]);
    const other = await sending.service.replica();
    try {
      await sending.settled(id, 'SENT', 'EMAIL');
      expect(sending.mail.to(email)).toHaveLength(1);
      expect(await sending.attempts(id)).toEqual([
        { channel: 'EMAIL', attempt: 1, outcome: 'HANDED_OVER', code: null },
      ]);
    } finally {
      await other.stop();
      await sending.service.sql(
        `update gateway set failures = 0, broken_since = null, rests_until = null where channel = 'SMS'`,
      );
    }
  });

  it.each([
    ['GET', '/gateways', ['operator', 'director', 'auditor']],
    ['GET', '/messages', ['desk', 'coordinator', 'services-organiser', 'director', 'auditor']],
    ['POST', '/bounces', ['operator']],
  ])('%s %s is for %j alone', async (method, path, allowed) => {
    const every = [
      'desk',
      'coordinator',
      'services-organiser',
      'community-organiser',
      'director',
      'finance',
      'provider',
    ];
    for (const role of [...every, 'partner', 'auditor', 'operator'] as never[]) {
      const { status } = await sending.service.http(method, path, { as: { roles: [role] }, headers: rawMail(method) });
      expect([role, status === 403]).toEqual([role, !allowed.includes(role)]);
    }
    expect((await sending.service.http(method, path, { headers: rawMail(method) })).status).toBe(401);
  });
});

const rawMail = (method: string): Record<string, string> =>
  method === 'POST' ? { 'content-type': 'message/rfc822' } : {};
