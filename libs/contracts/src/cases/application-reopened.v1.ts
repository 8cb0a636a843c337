import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const applicationReopenedV1 = {
  $id: 'cases.application.reopened.v1',
  title: 'The decision on one service is gone, and it is to be decided anew',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['itemId', 'personId', 'offerId'],
  properties: {
    itemId: id,
    personId: id,
    offerId: id,
  },
  examples: [
    {
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
    },
  ],
} as const;
export type ApplicationReopenedV1 = FromSchema<typeof applicationReopenedV1>;
