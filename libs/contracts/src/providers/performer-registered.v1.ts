import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const performerRegisteredV1 = {
  $id: 'providers.performer.registered.v1',
  title: 'A provider has registered somebody who performs services',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'kind', 'from'],
  properties: {
    providerId: id,
    kind: { type: 'string', enum: ['STAFF', 'VOLUNTEER', 'NEIGHBOUR'], 'x-data-class': 'code' },
    from: date,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', kind: 'STAFF', from: '2026-03-02' }],
} as const;
export type PerformerRegisteredV1 = FromSchema<typeof performerRegisteredV1>;
