import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const applicationWithdrawnV1 = {
  $id: 'cases.application.withdrawn.v1',
  title: 'The applicant has withdrawn the request for one service',
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
export type ApplicationWithdrawnV1 = FromSchema<typeof applicationWithdrawnV1>;
