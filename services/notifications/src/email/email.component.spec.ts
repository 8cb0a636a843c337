import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { dkimVerify } from 'mailauth/lib/dkim/verify';
import { Sending } from '../messages/scenario';
import { bounceTo } from './bounce.sample';

jest.setTimeout(60_000);

const machine = { sub: 'mta', roles: ['operator'] } as const;
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

describe('e-mail', () => {
  let sending: Sending;
  beforeAll(async () => {
    sending = await Sending.start({
      PUBLIC_URL: 'https://cus.example.pl',
      UNSUBSCRIBE_KEY: randomBytes(32).toString('base64'),
      DKIM_DOMAIN: 'cus.example.pl',
      DKIM_SELECTOR: 'okienko',
      DKIM_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    });
  }, 60_000);
  afterAll(() => sending?.stop());

  const sent = async (channels: ('EMAIL' | 'SMS')[] = ['EMAIL']) => {
    const known = await sending.person();
    const id = await sending.queue(known.personId, channels);
    await sending.settled(id, 'SENT', 'EMAIL');
    const [mail] = sending.mail.to(known.email);
    if (!mail) throw new Error('no mail');
    return { ...known, id, mail };
  };
  const bounce = async (raw: Buffer, as: object = machine, type = 'message/rfc822', key = randomUUID()) => {
    const response = await fetch(`${sending.service.url}/bounces`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await sending.service.issuer.token(as)}`,
        'content-type': type,
        'idempotency-key': key,
      },
      body: new Uint8Array(raw),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it('carries a signature of the domain that others can verify', async () => {
    const { mail } = await sent();
    const resolver = async (name: string, type: string): Promise<string[][]> => {
      expect([name, type]).toEqual(['okienko._domainkey.cus.example.pl', 'TXT']);
      return [[`v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`]];
    };
    const verdict = async (raw: string) =>
      (await dkimVerify(raw, { resolver })).results.map(({ status }) => status.result);
    expect(await verdict(mail.raw)).toEqual(['pass']);
    expect(await verdict(mail.raw.replace('zatwierdzony', 'odrzucony'))).not.toContain('pass');
  });

  it('that comes back goes the next way, once, however often the server says so', async () => {
    const { id, phone, mail } = await sent(['EMAIL', 'SMS']);
    const key = randomUUID();
    const report = bounceTo(mail.from, 'failed', '5.1.1');
    const answers = [
      await bounce(report, machine, undefined, key),
      await bounce(report, machine, undefined, key),
      await bounce(report),
    ];
    for (const answer of answers) expect(answer).toEqual({ status: 200, body: { messageId: id, outcome: 'FAILED' } });
    await sending.settled(id, 'SENT', 'SMS');
    expect(sending.phones.to(phone)).toHaveLength(1);
    expect(await sending.evidence(id)).toEqual([
      { channel: 'EMAIL', kind: 'DISPATCHED', code: null },
      { channel: 'EMAIL', kind: 'NOT_DELIVERED', code: 'SMTP_5_1_1' },
      { channel: 'SMS', kind: 'DISPATCHED', code: null },
    ]);
  });

  it('that comes back and has no other way is for staff', async () => {
    const { id, personId, mail } = await sent();
    await bounce(bounceTo(mail.from, 'failed', '5.2.1'));
    expect((await sending.settled(id, 'FAILED')).reasonCode).toBe('REFUSED');
    expect(await sending.tasks(personId)).toHaveLength(1);
  });

  it('that is delayed, or answered by an absence note, stays as it is', async () => {
    const { id, mail } = await sent(['EMAIL', 'SMS']);
    expect((await bounce(bounceTo(mail.from, 'delayed', '4.4.1'))).body['outcome']).toBe('DELAYED');
    const note = `To: <${mail.from}>\r\nSubject: Nieobecność\r\n\r\nWracam w poniedziałek.\r\n`;
    expect((await bounce(Buffer.from(note))).body['outcome']).toBe('IGNORED');
    expect(await sending.message(id)).toMatchObject({ state: 'SENT', channel: 'EMAIL' });
    expect(await sending.evidence(id)).toEqual([
      { channel: 'EMAIL', kind: 'DISPATCHED', code: null },
      { channel: 'EMAIL', kind: 'DELAYED', code: 'SMTP_4_4_1' },
    ]);
  });

  it('cannot be called back by whoever invents an address', async () => {
    const { id, mail } = await sent();
    const forged = mail.from.replace(/\.[0-9a-f]{20}@/, `.${'0'.repeat(20)}@`);
    const answer = await bounce(bounceTo(forged, 'failed', '5.1.1'));
    expect(answer.status).toBe(422);
    expect(String(answer.body['type'])).toContain('bounce-unknown');
    expect((await bounce(Buffer.from('no mail at all'))).status).toBe(422);
    expect(await sending.message(id)).toMatchObject({ state: 'SENT' });
  });

  it('is taken back as a mail of a bearable size only, and from whom it should be', async () => {
    const { mail } = await sent();
    const report = bounceTo(mail.from, 'failed', '5.1.1');
    expect((await bounce(Buffer.concat([report, Buffer.alloc(256 * 1024, 'x')]))).status).toBe(413);
    expect((await bounce(report, machine, 'text/plain')).status).toBe(400);
    expect((await bounce(Buffer.from('{"a":1}'), machine, 'application/json')).status).toBe(400);
    expect((await bounce(Buffer.from('{"a":1}'), { roles: ['desk'] }, 'application/json')).status).toBe(403);
  });

  it('that a stalling server takes late is one mail', async () => {
    const { personId, email } = await sending.person();
    sending.mail.answers.set(email, ['STALL']);
    const id = await sending.queue(personId, ['EMAIL']);
    await sending.settled(id, 'SENT');
    expect(sending.mail.to(email)).toHaveLength(1);
  });

  it('that cannot be read here is for staff, as one that nobody takes', async () => {
    const { personId } = await sending.person();
    const id = await sending.queue(personId, ['EMAIL'], { sealed: Buffer.from('not sealed') });
    await sending.service.eventually(async () => {
      await sending.hurry();
      expect(await sending.message(id)).toMatchObject({ state: 'FAILED', reasonCode: 'UNREACHABLE' });
    });
    expect(await sending.tasks(personId)).toHaveLength(1);
  });

  it('does not reach the dead, and nobody is sent to them', async () => {
    const { personId, email } = await sending.person();
    await sending.service.sql('insert into silenced_person (person_id, since) values ($1, now())', [personId]);
    const id = await sending.queue(personId, ['EMAIL', 'SMS']);
    expect((await sending.settled(id, 'FAILED')).reasonCode).toBe('RECIPIENT_DIED');
    expect(sending.mail.to(email)).toEqual([]);
    expect(await sending.tasks(personId)).toEqual([]);
  });

  it('does not reach whom somebody else might read over the shoulder: staff tell them', async () => {
    const { personId, email } = await sending.person({ isSuppressed: true });
    const id = await sending.queue(personId, ['EMAIL', 'SMS']);
    expect((await sending.settled(id, 'FAILED')).reasonCode).toBe('NO_ADDRESS');
    expect(sending.mail.to(email)).toEqual([]);
    expect(await sending.tasks(personId)).toHaveLength(1);
  });

  it('that nobody owes goes with consent alone, and shows the way out', async () => {
    const { personId, email } = await sending.person();
    const without = await sending.queue(personId, ['EMAIL'], { standing: 'EXTRA' });
    expect((await sending.settled(without, 'FAILED')).reasonCode).toBe('CONSENT_ENDED');
    expect(await sending.tasks(personId)).toEqual([]);
    const given = await sending.service.http('POST', `/persons/${personId}/consents`, {
      as: { sub: 'desk-anna', roles: ['desk'] },
      body: { topic: 'plan-approved', channel: 'AT_THE_DESK' },
    });
    expect(given.status).toBe(201);
    const id = await sending.queue(personId, ['EMAIL'], { standing: 'EXTRA' });
    await sending.settled(id, 'SENT');
    const [mail] = sending.mail.to(email);
    expect(mail?.raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(mail?.raw).toMatch(/List-Unsubscribe:\s+<https:\/\/cus\.example\.pl\/unsubscribe\?token=/);
  });

  it('waits while somebody wants quiet, and that counts as no attempt', async () => {
    const at = (minutes: number): string =>
      new Date(Date.now() + minutes * 60_000).toLocaleTimeString('pl-PL', {
        timeZone: 'Europe/Warsaw',
        hour: '2-digit',
        minute: '2-digit',
      });
    await sending.service.sql(
      `insert into message_rule_edition (rule_id, edition, in_force_from, is_on, content, decided_by, decided_at, reason)
       select r.id, 2, e.in_force_from, true, e.content || '{"isQuiet":true,"standing":"INFORMATIVE"}', 'test', now(), 'test'
       from message_rule_edition e join message_rule r on r.id = e.rule_id where r.code = 'plan-approved'`,
    );
    const { personId, email } = await sending.person({ quiet: { from: at(-60), to: at(60) } });
    const id = await sending.queue(personId, ['EMAIL'], { edition: 2 });
    await sending.service.eventually(async () => {
      const [row] = await sending.service.sql<{ minutes: number }>(
        'select (extract(epoch from next_attempt_at - now()) / 60)::int as minutes from message where id = $1 and attempts = 0',
        [id],
      );
      expect(row?.minutes).toBeGreaterThan(55);
    });
    expect(sending.mail.to(email)).toEqual([]);
  });
});
