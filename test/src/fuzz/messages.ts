import { setTimeout as pause } from 'node:timers/promises';
import { headers } from '@nats-io/transport-node';
import { type EventContract, subjectOf } from '@okienko/contracts/event';
import { events } from '@okienko/contracts/events';
import { topology } from '@okienko/contracts/streams';
import type { Chance } from '../chance';
import type { Findings } from './findings';
import { type HostileMessage, hostileMessages } from './hostile-messages';
import type { Fuzzed } from './place';

const atOnce = 1000;
/** Milliseconds in which the service has looked at each of them. */
const patience = 90_000;

interface Reading {
  readonly stream: string;
  readonly durable: string;
  /** What may be said on the stream. */
  readonly contracts: readonly EventContract[];
}

const readingsOf = ({ service, namespace }: Fuzzed): Reading[] =>
  topology(namespace)
    .consumers.filter((consumer) => consumer.service === service)
    .map(({ stream, durable }) => {
      const source = durable.split('-reads-')[1] ?? '';
      const contracts = (events as readonly EventContract[]).filter((one) => subjectOf(one).startsWith(`${source}.`));
      return { stream, durable, contracts };
    })
    .filter(({ contracts }) => contracts.length > 0);

/** Sends so many hostile messages to every consumer of a service: each is handled, waits or is parked, and the others go on. */
export async function sendMessages(
  fuzzed: Fuzzed,
  wanted: number,
  chance: Chance,
  findings: Findings,
  progress: (messages: number) => void,
): Promise<number> {
  const readings = readingsOf(fuzzed);
  const draw = hostileMessages(chance);
  let sent = 0;
  while (sent < wanted && !fuzzed.hasEnded) {
    const reading = chance.pick(readings);
    await Promise.all(
      Array.from({ length: atOnce }, () => {
        const contract = chance.pick(reading.contracts);
        return publish(fuzzed, contract, draw(contract));
      }),
    );
    sent += atOnce;
    await settled(fuzzed, reading, findings);
    progress(sent);
  }
  await noteFailures(fuzzed, findings);
  return sent;
}

async function publish({ broker, namespace }: Fuzzed, contract: EventContract, message: HostileMessage): Promise<void> {
  const head = headers();
  for (const [name, value] of Object.entries(message.headers ?? {})) head.set(name, value);
  // Refused by the broker it reaches nobody, and that is well too.
  await broker.streams
    .publish(`${namespace}.${subjectOf(contract)}`, message.body, { headers: head })
    .catch(() => undefined);
}

/** Every message has been looked at: what is still with the consumer waits for others by the rules. */
async function settled(fuzzed: Fuzzed, { stream, durable }: Reading, findings: Findings): Promise<void> {
  const deadline = Date.now() + patience;
  for (;;) {
    const info = await fuzzed.broker.manager.consumers.info(stream, durable);
    const [row] = await fuzzed.sql<{ waiting: number }>(
      'select count(*)::int as waiting from inbox_attempt where consumer = $1',
      [durable],
    );
    const open = info.num_pending + info.num_ack_pending - (row?.waiting ?? 0);
    if (open <= 0 || fuzzed.hasEnded) return;
    if (Date.now() > deadline) return findings.note('messagesStuck', durable, `${open} messages after ${patience} ms`);
    await pause(50);
  }
}

/** A handler that fails otherwise than by a refusal would be tried again and again. */
async function noteFailures(fuzzed: Fuzzed, findings: Findings): Promise<void> {
  const failed = await fuzzed.sql<{ consumer: string; error: string; n: number }>(
    `select consumer, last_error as error, count(*)::int as n from inbox_attempt where attempts > 0 group by 1, 2
     union all select consumer, event_name || ': ' || error, count(*)::int from dead_letter where reason = 'EXHAUSTED' group by 1, 2`,
  );
  for (const { consumer, error, n } of failed)
    for (let count = 0; count < n; count += 1)
      findings.note('serverErrors', `${consumer}, a handler failed`, error.slice(0, 300));
}
