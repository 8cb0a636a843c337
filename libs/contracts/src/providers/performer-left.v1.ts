import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const performerLeftV1 = {
  $id: 'providers.performer.left.v1',
  title: 'A performer performs services for the provider no more',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'leftOn'],
  properties: {
    providerId: id,
    /** The last day. */
    leftOn: date,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', leftOn: '2026-03-02' }],
} as const;
export type PerformerLeftV1 = FromSchema<typeof performerLeftV1>;
