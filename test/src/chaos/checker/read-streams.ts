import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager, type JetStreamManager, type StreamInfo } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { aggregateOf, type CloudEvent, nameOf } from '@okienko/contracts/event';
import type { Recorded } from './publication';

export const digestOf = (body: string): string => createHash('sha256').update(body).digest('hex');
/** The same of a column of text. */
export const digestInSql = (column: string): string => `encode(sha256(convert_to(${column}, 'UTF8')), 'hex')`;

const uuid = /^[0-9a-f-]{36}$/;

const atOnce = 128;

/** A message that is no event of ours: something that the test put there. */
export interface Strange {
  readonly stream: string;
  readonly place: number;
}

export interface Streamed {
  readonly events: Recorded[];
  readonly strange: Strange[];
}

/** Everything that these streams hold, in their order, by direct get over a connection of the checker's own. */
export async function readStreams(
  connection: NatsConnection,
  names: readonly string[],
  namespace: string,
): Promise<Streamed> {
  const manager = await jetstreamManager(connection);
  const events: Recorded[] = [];
  const strange: Strange[] = [];
  for (const name of names) {
    const { state } = await whenCurrent(manager, name);
    for (let first = state.first_seq; first <= state.last_seq; first += atOnce) {
      const places = Array.from({ length: Math.min(atOnce, state.last_seq - first + 1) }, (_, index) => first + index);
      const messages = await Promise.all(places.map((seq) => manager.direct.getMessage(name, { seq })));
      messages.forEach((message, index) => {
        if (!message) return;
        const read = recorded(message.string(), message.subject.slice(namespace.length + 1));
        if (read) events.push(read);
        else strange.push({ stream: name, place: places[index] ?? 0 });
      });
    }
  }
  return { events, strange };
}

function recorded(body: string, subject: string): Recorded | undefined {
  try {
    const event = JSON.parse(body) as CloudEvent;
    const name = nameOf(event.type) ?? '';
    const sequence = Number(event.sequence);
    if (!uuid.test(event.id) || !uuid.test(event.subject) || !(sequence > 0)) return undefined;
    return {
      id: event.id,
      aggregate: `${aggregateOf(name)} ${event.subject}`,
      sequence,
      subject,
      digest: digestOf(body),
    };
  } catch {
    return undefined;
  }
}

/** A replica that is still catching up answers a direct get too, and what it does not have yet would pass for lost. */
async function whenCurrent(manager: JetStreamManager, name: string): Promise<StreamInfo> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const info = await manager.streams.info(name).catch((error: unknown) => {
      if (Date.now() > deadline) throw error;
      return undefined;
    });
    const replicas = info?.cluster?.replicas ?? [];
    const leads = info?.cluster === undefined || Boolean(info.cluster.leader);
    if (info && leads && replicas.every(({ current, lag }) => current && !lag)) return info;
    if (Date.now() > deadline) throw new Error(`The replicas of ${name} have not caught up within a minute.`);
    await pause(250);
  }
}
