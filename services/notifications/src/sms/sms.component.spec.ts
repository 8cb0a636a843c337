import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { Sending } from '../messages/scenario';

jest.setTimeout(60_000);

const desk = { sub: 'desk-anna', roles: ['desk'] } as const;

describe('short messages', () => {
  let sending: Sending;
  beforeAll(async () => {
    sending = await Sending.start();
  }, 60_000);
  afterAll(() => sending?.stop());

  const report = (body: object, signedAt = new Date(), key = sending.reportKey) => {
    const id = randomUUID();
    return sending.service.http('POST', '/sms-reports', {
      body,
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(signedAt.getTime() / 1000)),
        'webhook-signature': new Webhook(key).sign(id, signedAt, JSON.stringify(body)),
      },
    });
  };
  const sentBySms = async (channels: ('SMS' | 'EMAIL')[] = ['SMS']) => {
    const known = await sending.person();
    const id = await sending.queue(known.personId, channels);
    await sending.settled(id, 'SENT', 'SMS');
    return { ...known, id };
  };

  it('go to the gateway once, known by the id of the message, and leave evidence', async () => {
    const { personId, phone } = await sending.person();
    const id = await sending.queue(personId, ['SMS'], { short: 'Masz wiadomość. Zadzwoń do nas.' });
    const { hash } = await sending.settled(id, 'SENT');
    const [posted, ...more] = sending.phones.to(phone);
    expect(more).toEqual([]);
    expect(posted).toMatchObject({ text: 'Masz wiadomość. Zadzwoń do nas.', reference: id });
    expect(posted?.headers).toMatchObject({ authorization: 'Bearer a-token-of-the-gateway', 'idempotency-key': id });

    const { body } = await sending.service.http('GET', `/messages/${id}`, { as: desk });
    expect(body).toMatchObject({
      channel: 'SMS',
      channels: ['SMS'],
      contentHash: hash,
      attempts: [{ channel: 'SMS', attempt: 1, outcome: 'HANDED_OVER', providerId: expect.stringMatching(/^gw-\d+$/) }],
      evidence: [{ channel: 'SMS', kind: 'DISPATCHED', recordedBy: null }],
    });
    const of = (channel: string) =>
      sending.service.http<{ items: object[] }>('GET', `/messages?personId=${personId}&channel=${channel}`, {
        as: desk,
      });
    expect((await of('SMS')).body.items).toHaveLength(1);
    expect((await of('EMAIL')).body.items).toEqual([]);
  });

  it('that the gateway refuses go the next way', async () => {
    const { personId, email, phone } = await sending.person();
    sending.phones.replies.set(phone, [{ status: 422 }]);
    const id = await sending.queue(personId, ['SMS', 'EMAIL']);
    await sending.settled(id, 'SENT', 'EMAIL');
    expect(sending.mail.to(email)).toHaveLength(1);
    expect(await sending.attempts(id)).toEqual([
      { channel: 'SMS', attempt: 1, outcome: 'REFUSED', code: 'HTTP_422' },
      { channel: 'EMAIL', attempt: 1, outcome: 'HANDED_OVER', code: null },
    ]);
    const { data } = await sending.service.published('notifications.message.undelivered.v1', id);
    expect(data).toMatchObject({ channel: 'SMS', code: 'HTTP_422', nextChannel: 'EMAIL' });
    expect(await sending.tasks(personId)).toEqual([]);
  });

  it('without any way left are for staff', async () => {
    const { personId, email, phone } = await sending.person();
    sending.phones.replies.set(phone, [{ status: 400 }]);
    sending.mail.answers.set(email, [550]);
    const id = await sending.queue(personId, ['SMS', 'EMAIL']);
    expect((await sending.settled(id, 'FAILED')).reasonCode).toBe('REFUSED');
    expect(await sending.tasks(personId)).toHaveLength(1);
  });

  it('wait as long as the gateway asks, and are not counted twice', async () => {
    const { personId, phone } = await sending.person();
    sending.phones.replies.set(phone, [{ status: 429, headers: { 'retry-after': '1' } }]);
    const id = await sending.queue(personId, ['SMS']);
    await sending.service.eventually(async () =>
      expect(await sending.attempts(id)).toEqual([
        { channel: 'SMS', attempt: 1, outcome: 'NOT_NOW', code: 'HTTP_429' },
      ]),
    );
    await sending.hurry();
    await sending.settled(id, 'SENT');
    const [first, second] = sending.phones.to(phone);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(950);
    expect(second?.reference).toBe(first?.reference);
  });

  it('that arrived are noted, however often the gateway says so', async () => {
    const { id } = await sentBySms();
    const body = { reference: id, status: 'DELIVERED', id: 'gw-7' };
    for (const answer of [await report(body), await report(body)])
      expect(answer).toMatchObject({ status: 200, body: { messageId: id } });
    expect(await sending.evidence(id)).toEqual([
      { channel: 'SMS', kind: 'DISPATCHED', code: null },
      { channel: 'SMS', kind: 'RECEIVED', code: null },
    ]);
    const { data } = await sending.service.published('notifications.message.received.v1', id);
    expect(data).toMatchObject({ channel: 'SMS', basis: 'RECEIPT' });
    const told = sending.service.events('notifications.message.received.v1').filter(({ subject }) => subject === id);
    expect(told).toHaveLength(1);
  });

  it('that did not arrive go the next way, once', async () => {
    const { id, email } = await sentBySms(['SMS', 'EMAIL']);
    const body = { reference: id, status: 'FAILED', code: 'ABSENT_SUBSCRIBER' };
    expect((await report(body)).status).toBe(200);
    await sending.settled(id, 'SENT', 'EMAIL');
    expect((await report(body)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(sending.mail.to(email)).toHaveLength(1);
    expect(await sending.evidence(id)).toEqual([
      { channel: 'SMS', kind: 'DISPATCHED', code: null },
      { channel: 'SMS', kind: 'NOT_DELIVERED', code: 'SMS_ABSENT_SUBSCRIBER' },
      { channel: 'EMAIL', kind: 'DISPATCHED', code: null },
    ]);
  });

  it('that did not arrive and have no other way are for staff', async () => {
    const { id, personId } = await sentBySms();
    await report({ reference: id, status: 'FAILED' });
    expect((await sending.settled(id, 'FAILED')).reasonCode).toBe('REFUSED');
    expect(await sending.tasks(personId)).toHaveLength(1);
  });

  it('are reported on by the gateway alone: a wrong key, an old time or another text changes nothing', async () => {
    const { id } = await sentBySms();
    const body = { reference: id, status: 'FAILED' };
    const foreign = Buffer.from('another key of thirty-two bytes.').toString('base64');
    expect((await report(body, new Date(), foreign)).status).toBe(401);
    expect((await report(body, new Date(Date.now() - 6 * 60_000))).status).toBe(401);
    expect((await sending.service.http('POST', '/sms-reports', { body })).status).toBe(401);
    expect((await report({ ...body, status: 'LOST' })).status).toBe(400);
    expect((await report({ ...body, reference: randomUUID() })).status).toBe(404);
    expect(await sending.message(id)).toMatchObject({ state: 'SENT' });
    expect(await sending.evidence(id)).toHaveLength(1);
  });
});
