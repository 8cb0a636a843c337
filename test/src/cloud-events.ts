import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { topology } from '@okienko/contracts/streams';
import { openBroker } from '@okienko/messaging/jetstream';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const file = join(__dirname, '..', '..', '..', 'shared', 'conformance', 'cloudevents', 'cloudevents.schema.json');
/** Whether the CloudEvents project's own JSON Schema is at hand. */
export const hasCloudEventsSchema = existsSync(file);
if (!hasCloudEventsSchema)
  console.info('The JSON Schema of CloudEvents 1.0 is not beside the checkout, so events are not checked against it.');

export const cloudEventType = 'application/cloudevents+json';

export interface OnTheWire {
  readonly subject: string;
  readonly contentType: string;
  readonly body: string;
}

/** Everything that is on the streams of a deployment, as it was published. */
export async function onTheWire(brokerUrl: string, namespace: string): Promise<OnTheWire[]> {
  const { connection, manager, streams } = await openBroker(brokerUrl, 'reader');
  const found: OnTheWire[] = [];
  for (const { name } of topology(namespace).streams) {
    const { state } = await manager.streams.info(name);
    if (state.messages === 0) continue;
    const consumer = await streams.consumers.get(name);
    for await (const message of await consumer.consume()) {
      const contentType = message.headers?.get('Content-Type') ?? '';
      found.push({ subject: message.subject, contentType, body: message.string() });
      if (message.seq >= state.last_seq) break;
    }
  }
  await connection.close();
  return found;
}

/** How messages differ from CloudEvents 1.0 in structured JSON; nothing where they do not. */
export function cloudEventFaults(messages: readonly OnTheWire[]): string[] {
  const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
  const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
  return messages.flatMap(({ subject, contentType, body }) => [
    ...(contentType === cloudEventType ? [] : [`${subject} came as ${contentType}`]),
    ...(validate(JSON.parse(body))
      ? []
      : [`${subject}: ${(validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`).join('; ')}`]),
    // The schema leaves the names of extensions open; the specification has lower-case letters and digits.
    ...Object.keys(JSON.parse(body) as object)
      .filter((name) => !/^[a-z0-9]+$/.test(name))
      .map((name) => `${subject} has an attribute ${name}`),
  ]);
}
