import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const applicationPartRefusedV1 = {
  $id: 'cases.application.part-refused.v1',
  title: 'Less than was asked for has been granted, and the rest refused by a decision (art. 42(3))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['itemId', 'personId', 'offerId', 'decisionId'],
  properties: {
    itemId: id,
    personId: id,
    offerId: id,
    decisionId: id,
  },
  examples: [
    {
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      decisionId: '0197a000-0000-7000-8000-000000000012',
    },
  ],
} as const;
export type ApplicationPartRefusedV1 = FromSchema<typeof applicationPartRefusedV1>;
