// Reads a centre's events over NATS, each once: what is done with an event and its number are kept together, then it is acknowledged.
// Needs `npm i @nats-io/transport-node @nats-io/jetstream @okienko/partner`, and Node 24.
// The card is the file that the centre has handed over: node nats.mts card.json kept.json [how many]
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { jetstream, type JsMsg } from '@nats-io/jetstream';
import { connect, nkeyAuthenticator } from '@nats-io/transport-node';
import type { CloudEvent } from '@okienko/contracts/event';
import { Ledger, type LedgerState } from '@okienko/partner';

interface Card {
  readonly servers: string;
  readonly seed: string;
  readonly stream: string;
  readonly consumer: string;
  readonly apiPrefix: string;
}

/** Stands for your database: how far each subscription has come, and what came. */
interface Kept {
  readonly ledgers: Record<string, LedgerState>;
  readonly events: { readonly sequence: number; readonly id: string }[];
}

const [, , cardFile = 'card.json', keptFile = 'kept.json', count = 'Infinity'] = process.argv;
const { servers, seed, stream, consumer, apiPrefix } = JSON.parse(readFileSync(cardFile, 'utf8')) as Card;
let kept: Kept = existsSync(keptFile)
  ? (JSON.parse(readFileSync(keptFile, 'utf8')) as Kept)
  : { ledgers: {}, events: [] };

function handle(message: JsMsg): void {
  const sequence = Number(message.headers?.get('okienko-sequence'));
  const subscription = message.headers?.get('okienko-subscription') ?? '';
  const ledger = new Ledger(kept.ledgers[subscription]);
  if (!ledger.take(sequence)) return; // It came before: the acknowledgement was lost.
  // Empty where your grant no longer covers it; the number stays, so that nothing seems to be missing.
  const event = message.data.length > 0 ? message.json<CloudEvent>() : null;
  kept = {
    ledgers: { ...kept.ledgers, [subscription]: ledger.state() },
    events: event ? [...kept.events, { sequence, id: event.id }] : kept.events,
  };
  // Whole or not at all, as one transaction would be.
  writeFileSync(`${keptFile}.new`, JSON.stringify(kept));
  renameSync(`${keptFile}.new`, keptFile);
  console.log(JSON.stringify({ subscription, sequence, type: event?.type }));
}

const connection = await connect({ servers, authenticator: nkeyAuthenticator(new TextEncoder().encode(seed)) });
const messages = await (await jetstream(connection, { apiPrefix }).consumers.get(stream, consumer)).consume();
let left = Number(count);
for await (const message of messages) {
  handle(message);
  message.ack();
  if (--left <= 0) break;
}
await connection.drain();
