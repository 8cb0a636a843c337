import { readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Mail, type Mailbox, startMailbox } from './mailbox';
import { temporaryHome } from './paths';
import { freePort } from './ports';

const message = `From: CUS <cus@example.pl>
To: Jan <jan@example.pl>
Subject: =?UTF-8?Q?Decyzja_w_sprawie_us=C5=82ug?=
Content-Type: text/plain; charset=utf-8

Dzień dobry, usługa została przyznana.
`.replaceAll('\n', '\r\n');

/** The dialogue of RFC 5321 by hand; gives the reply to the message itself. */
async function send(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const reply = async () => {
    for (;;) {
      const line = await lines.next();
      if (line.done || line.value[3] === ' ') return String(line.value); // `250-` goes on, `250 ` is the last line
    }
  };
  await reply();
  let last = '';
  for (const text of ['EHLO test', 'MAIL FROM:<cus@example.pl>', 'RCPT TO:<jan@example.pl>', 'DATA', `${message}.`]) {
    socket.write(`${text}\r\n`);
    last = await reply();
  }
  socket.end('QUIT\r\n');
  return last;
}

describe('the mailbox', () => {
  const home = temporaryHome();
  const kept = () => readdirSync(join(home, 'mail'));
  let mailbox: Mailbox;

  const start = async () => {
    mailbox = await startMailbox({ home, port: await freePort() });
  };
  beforeEach(start);
  afterEach(() => mailbox.stop());
  afterAll(() => rmSync(home, { recursive: true }));

  it('keeps what it receives, tells of it, and has it after a restart', async () => {
    const told: Mail[] = [];
    mailbox.onMessage((mail) => told.push(mail));
    expect(await send(mailbox.port)).toMatch(/^250/);
    expect(mailbox.messages()).toMatchObject([
      {
        from: 'cus@example.pl',
        to: ['jan@example.pl'],
        subject: 'Decyzja w sprawie usług',
        text: expect.stringContaining('usługa została przyznana') as string,
      },
    ]);
    expect(told).toEqual(mailbox.messages());
    expect(kept()).toHaveLength(1);

    await mailbox.stop();
    await start();
    expect(mailbox.messages()).toEqual(told);
    expect(Date.parse(mailbox.messages()[0]?.receivedAt ?? '')).toBeGreaterThan(Date.now() - 60_000);

    mailbox.clear();
    expect(mailbox.messages()).toEqual([]);
    expect(kept()).toEqual([]);
  });

  it('refuses as many messages as it is told to', async () => {
    mailbox.failNext(1, 451);
    expect(await send(mailbox.port)).toMatch(/^451/);
    expect(mailbox.messages()).toEqual([]);
    expect(await send(mailbox.port)).toMatch(/^250/);
    expect(mailbox.messages()).toHaveLength(1);
  });
});
