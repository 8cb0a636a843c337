// Reads a centre's events over NATS. Needs nothing but `npm i @nats-io/transport-node @nats-io/jetstream`.
// The card is the file that the centre has handed over: node nats.mjs card.json [how many]
import { readFileSync } from 'node:fs';
import { TextEncoder } from 'node:util';
import { jetstream } from '@nats-io/jetstream';
import { connect, nkeyAuthenticator } from '@nats-io/transport-node';

const { servers, seed, stream, consumer, apiPrefix } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
let left = Number(process.argv[3] ?? Infinity);

const connection = await connect({ servers, authenticator: nkeyAuthenticator(new TextEncoder().encode(seed)) });
const messages = await (await jetstream(connection, { apiPrefix }).consumers.get(stream, consumer)).consume();
for await (const message of messages) {
  const sequence = Number(message.headers.get('okienko-sequence'));
  const subscription = message.headers.get('okienko-subscription');
  // Empty where your grant no longer covers it; the number stays, so that nothing seems to be missing.
  const event = message.data.length > 0 ? message.json() : null;
  console.log(JSON.stringify({ subscription, sequence, id: message.headers.get('okienko-event'), type: event?.type }));
  // Only after it is safe with you. What you have not acknowledged comes again, under the same number.
  message.ack();
  if (--left <= 0) break;
}
await connection.drain();
