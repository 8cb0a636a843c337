import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { folderOf } from './paths';

export interface Mail {
  readonly id: string;
  readonly receivedAt: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

export interface Mailbox {
  readonly port: number;
  /** The last 500, oldest first. */
  messages(): readonly Mail[];
  /** Calls back for every new message, until the function returned is called. */
  onMessage(callback: (mail: Mail) => void): () => void;
  clear(): void;
  /** Refuses the next messages with this SMTP reply, 4xx or 5xx: for tests of what the sender does then. */
  failNext(count: number, code: number): void;
  stop(): Promise<void>;
}

const capacity = 500;

/** An SMTP receiver that delivers nowhere: it keeps each message in memory and as .eml in the home. */
export async function startMailbox({
  home,
  port,
  host = '127.0.0.1',
}: {
  home: string;
  port: number;
  host?: string;
}): Promise<Mailbox> {
  const folder = folderOf(home, 'mail');
  const messages = await readKept(folder);
  const listeners = new Set<(mail: Mail) => void>();
  const fault = { left: 0, code: 0 };

  async function receive(raw: Buffer): Promise<void> {
    const id = `${new Date().toISOString().replaceAll(':', '-')}_${randomUUID().slice(0, 8)}`;
    const mail = await parse(id, raw);
    writeFileSync(join(folder, `${id}.eml`), raw, { mode: 0o600 });
    messages.push(mail);
    for (const old of messages.splice(0, messages.length - capacity))
      rmSync(join(folder, `${old.id}.eml`), { force: true });
    for (const listener of listeners) listener(mail);
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 500,
    onData(stream, _session, done) {
      buffer(stream)
        .then(async (raw) => {
          if (fault.left > 0) {
            fault.left -= 1;
            throw Object.assign(new Error('Refused on request of a test'), { responseCode: fault.code });
          }
          await receive(raw);
        })
        .then(() => done(), done);
    },
  });
  server.on('error', () => {}); // a client that hangs up in the middle is its own affair
  const listening = server.listen(port, host);
  await once(listening, 'listening');

  return {
    port,
    messages: () => messages,
    onMessage(callback) {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
    clear() {
      for (const { id } of messages.splice(0)) rmSync(join(folder, `${id}.eml`), { force: true });
    },
    failNext: (left, code) => Object.assign(fault, { left, code }),
    stop: () => new Promise((stopped) => server.close(() => stopped())),
  };
}

async function parse(id: string, raw: Buffer): Promise<Mail> {
  const { from, to, subject, text, html } = await PostalMime.parse(raw);
  return {
    id,
    receivedAt: id.slice(0, 10) + id.slice(10, 24).replaceAll('-', ':'),
    from: from?.address ?? '',
    to: (to ?? []).flatMap(({ address }) => address ?? []),
    subject: subject ?? '',
    text: text ?? html ?? '',
  };
}

async function readKept(folder: string): Promise<Mail[]> {
  const kept = readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .sort()
    .slice(-capacity);
  return Promise.all(kept.map((name) => parse(name.slice(0, -4), readFileSync(join(folder, name)))));
}
