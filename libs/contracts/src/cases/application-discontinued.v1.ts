import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const applicationDiscontinuedV1 = {
  $id: 'cases.application.discontinued.v1',
  title: 'Nothing is left to decide on one requested service',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['itemId', 'personId', 'offerId', 'reason'],
  properties: {
    itemId: id,
    personId: id,
    offerId: id,
    reason: { type: 'string', enum: ['DEATH', 'LEFT_GMINA'], 'x-data-class': 'code' },
  },
  examples: [
    {
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      reason: 'LEFT_GMINA',
    },
  ],
} as const;
export type ApplicationDiscontinuedV1 = FromSchema<typeof applicationDiscontinuedV1>;
