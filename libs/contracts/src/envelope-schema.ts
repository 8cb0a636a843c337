import { id, instant, terc } from './properties';

const trace = { type: 'string', pattern: '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$' } as const;

/** The envelope of every event: CloudEvents 1.0 with our extensions (documented extensions: sequence, partitioning, distributed tracing). */
export const cloudEventSchema = {
  title: 'CloudEvents 1.0 envelope',
  type: 'object',
  required: [
    'specversion',
    'id',
    'source',
    'type',
    'subject',
    'time',
    'datacontenttype',
    'dataschema',
    'sequence',
    'partitionkey',
    'traceparent',
    'correlationid',
    'data',
  ],
  properties: {
    specversion: { const: '1.0' },
    id: {
      ...id,
      description: 'UUIDv7. The same event has the same id wherever it is seen, so a repetition is told by it.',
    },
    source: { type: 'string', pattern: '^urn:okienko:(catalogue|cases|providers|notifications)$' },
    type: { type: 'string', pattern: '^pl\\.okienko\\.[a-z.-]+\\.v[1-9][0-9]*$' },
    subject: { ...id, description: 'The aggregate that the fact is about.' },
    time: instant,
    datacontenttype: { const: 'application/json' },
    dataschema: { type: 'string', pattern: '^urn:okienko:schema:' },
    sequence: {
      type: 'string',
      pattern: '^[0-9]{10}$',
      description: "Place in the aggregate's history: 1, 2, 3 …, ten digits.",
    },
    partitionkey: { ...id, description: 'The aggregate: its events are in order.' },
    traceparent: { ...trace, description: 'W3C Trace Context.' },
    correlationid: { ...id, description: 'What everything that follows from one request has in common.' },
    causationid: { ...id, description: 'The event that this one follows from.' },
    gmina: { ...terc, description: 'TERC of the gmina concerned, where one is.' },
    data: { type: 'object' },
  },
} as const;
