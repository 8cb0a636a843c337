import { envelope, type EventContract, event, isSealed, serviceOf, subjectOf } from './event';
import { events } from './events';
import { cloudEventSchema } from './envelope-schema';
import { type StreamPlan, topology } from './streams';

const namespace = 'okienko';
const { streams, consumers } = topology(namespace);
const days = (seconds: number): string => `P${seconds / (24 * 60 * 60)}D`;
const minutes = (seconds: number): string => `PT${seconds / 60}M`;

const addressOf = (contract: EventContract): string => `${namespace}.${subjectOf(contract)}`;
const streamOf = (contract: EventContract): StreamPlan => {
  const stream = streams.find(({ subjects }) =>
    subjects.some((subject) => addressOf(contract).startsWith(subject.slice(0, -1))),
  );
  if (!stream) throw new Error(`No stream keeps ${addressOf(contract)}.`);
  return stream;
};

/** An event as it stands on the wire, always the same: an example that changes would make every generated document differ. */
export function exampleOf(contract: EventContract): object {
  const example = contract.examples[0] ?? {};
  const cause = {
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    correlationId: '0197a000-0000-7000-8000-0000000000c0',
  };
  const fact = event<EventContract>(contract, '0197a000-0000-7000-8000-0000000000a0', example);
  return {
    ...envelope(fact, 1, new Date('2026-03-02T08:15:00.000Z'), cause),
    id: '0197a000-0000-7000-8000-0000000000e0',
  };
}

function channel(contract: EventContract): object {
  const { name, maxAge, duplicateWindow } = streamOf(contract);
  return {
    address: addressOf(contract),
    title: contract.title,
    messages: { [contract.$id]: { $ref: `#/components/messages/${contract.$id}` } },
    'x-jetstream': { stream: name, maxAge: days(maxAge), duplicateWindow: minutes(duplicateWindow) },
    'x-audience': contract['x-audience'],
    ...(isSealed(contract) ? { 'x-sealed': true } : {}),
  };
}

function operations(contract: EventContract): [string, object][] {
  const name = contract.$id;
  const about = {
    channel: { $ref: `#/channels/${name}` },
    messages: [{ $ref: `#/channels/${name}/messages/${name}` }],
  };
  const stream = streamOf(contract).name;
  return [
    [`${serviceOf(name)}.sends.${name}`, { action: 'send', ...about, 'x-service': serviceOf(name) }],
    ...consumers
      .filter((consumer) => consumer.stream === stream)
      .map(({ service, durable }): [string, object] => [
        `${service}.receives.${name}`,
        { action: 'receive', ...about, 'x-service': service, 'x-jetstream': { consumer: durable } },
      ]),
  ];
}

function message(contract: EventContract): object {
  const { type, dataschema } = envelope(event<EventContract>(contract, '', {}), 1, new Date(0), {
    traceparent: '',
    correlationId: '',
  });
  return {
    name: contract.$id,
    title: contract.title,
    contentType: 'application/cloudevents+json',
    payload: {
      allOf: [
        { $ref: '#/components/schemas/CloudEvent' },
        {
          type: 'object',
          properties: {
            type: { const: type },
            dataschema: { const: dataschema },
            data: { $ref: `#/components/schemas/${contract.$id}` },
          },
        },
      ],
    },
    examples: [{ name: 'example', payload: exampleOf(contract) }],
  };
}

/** What a later edition may add, a reader must bear: the document describes what is sent. */
function schema(contract: EventContract): object {
  const { $id: _, ...rest } = contract;
  return rest;
}

const each = (of: (contract: EventContract) => object): object =>
  Object.fromEntries(events.map((contract) => [contract.$id, of(contract)]));

/** The AsyncAPI 3.0 document of the whole system, from the contracts alone. */
export const asyncApi = (): object => ({
  asyncapi: '3.0.0',
  id: 'urn:okienko:events',
  info: {
    title: 'Okienko events',
    version: '1',
    description:
      'Every event that the services of a Social Services Centre (Centrum Usług Społecznych) exchange over NATS JetStream: CloudEvents 1.0 in structured JSON. Events are facts with ids and codes; personal data stay in the service that owns them. Within a version fields are only added, so readers ignore what they do not know.',
    license: { name: 'EUPL-1.2', url: 'https://interoperable-europe.ec.europa.eu/collection/eupl/eupl-text-eupl-12' },
  },
  defaultContentType: 'application/cloudevents+json',
  channels: each(channel),
  operations: Object.fromEntries(events.flatMap(operations)),
  components: { messages: each(message), schemas: { CloudEvent: cloudEventSchema, ...each(schema) } },
});
