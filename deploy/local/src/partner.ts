import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, createServer } from 'node:http';
import { type CloudEvent, nameOf } from '@okienko/contracts/event';
import { Webhook } from 'standardwebhooks';
import { listen } from './listen';

/** One event as the partner knows it. Of a webhook whose signature is wrong nothing but its id is taken, and that as a claim. */
export interface Received {
  /** `webhook-id`, which is the event's id. */
  readonly id: string;
  readonly verified: boolean;
  readonly receivedAt: string;
  /** SHA-256 of the body's bytes, in hexadecimal. */
  readonly digest: string;
  /** Empty, as the subject, where nothing is verified. */
  readonly type: string;
  readonly subject: string;
  /** Place in the aggregate's history. */
  readonly sequence?: number;
  /** Place in the subscription, without gaps: 1, 2, 3 … */
  readonly place?: number;
  readonly time?: string;
}

export interface SamplePartner {
  /** Where its webhooks go. */
  readonly url: string;
  /** The secret of the subscription. Until it is known, every webhook is put off with 503. */
  use(secret: string): void;
  /** The last 1,000, oldest first. */
  received(): readonly Received[];
  /** Calls back for every new event, until the function returned is called. */
  onReceived(callback: (received: Received) => void): () => void;
  /** Answers the next webhooks with 503: for tests of what the sender does then. */
  failNext(count: number): void;
  stop(): Promise<void>;
}

const capacity = 1000;
const largestBody = 1024 * 1024;

/** A partner's system in small: takes webhooks, believes those that are signed (Standard Webhooks), knows a repetition. */
export async function startPartner({
  port,
  host = '127.0.0.1',
}: {
  port: number;
  host?: string;
}): Promise<SamplePartner> {
  const kept = new Map<string, Received>();
  const listeners = new Set<(received: Received) => void>();
  let webhook: Webhook | undefined;
  let failures = 0;

  function keep(received: Received): void {
    // A forged webhook must not pass for a repetition of the true one, nor the other way round.
    const key = `${received.verified} ${received.id}`;
    if (kept.has(key)) return;
    kept.set(key, received);
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - capacity))) kept.delete(oldest);
    for (const listener of listeners) listener(received);
  }

  async function answer(request: IncomingMessage): Promise<number> {
    if (request.url !== '/webhooks') return 404;
    if (request.method !== 'POST') return 405;
    const body = await bodyOf(request);
    if (body === undefined) return 413;
    if (failures > 0) {
      failures -= 1;
      return 503;
    }
    if (webhook === undefined) return 503;
    const received = read(request, body, webhook);
    keep(received);
    return received.verified ? 204 : 401;
  }

  const server = createServer((request, response) => {
    const reply = (status: number) => response.writeHead(status).end();
    answer(request).then(reply, () => reply(400));
  });
  const stop = await listen(server, port, host);

  return {
    url: `http://${host}:${port}/webhooks`,
    use: (secret) => {
      webhook = new Webhook(secret);
    },
    received: () => [...kept.values()],
    onReceived(callback) {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
    failNext: (count) => {
      failures = count;
    },
    stop,
  };
}

/** The exact bytes, for they are what is signed; `undefined` when there are too many. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= largestBody) chunks.push(chunk);
  });
  await once(request, 'end');
  return length > largestBody ? undefined : Buffer.concat(chunks);
}

const digestOf = (body: Buffer): string => createHash('sha256').update(body).digest('hex');

function read({ headers }: IncomingMessage, body: Buffer, webhook: Webhook): Received {
  const header = (name: string) => String(headers[name] ?? '');
  const known = { id: header('webhook-id'), receivedAt: new Date().toISOString(), digest: digestOf(body) };
  const signed = Object.fromEntries(
    ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, header(name)]),
  );
  try {
    const { type, subject, sequence, time } = webhook.verify(body, signed) as CloudEvent;
    const place = Number(header('okienko-sequence'));
    return { ...known, verified: true, type: nameOf(type) ?? type, subject, sequence: Number(sequence), place, time };
  } catch {
    return { ...known, verified: false, type: '', subject: '' };
  }
}
