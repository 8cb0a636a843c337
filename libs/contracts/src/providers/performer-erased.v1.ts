import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const performerErasedV1 = {
  $id: 'providers.performer.erased.v1',
  title: 'The name and the documents of somebody who has left can be read no more',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'erasedOn'],
  properties: { providerId: id, erasedOn: date },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', erasedOn: '2032-01-01' }],
} as const;
export type PerformerErasedV1 = FromSchema<typeof performerErasedV1>;
