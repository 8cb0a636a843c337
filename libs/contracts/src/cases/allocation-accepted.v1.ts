import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const allocationAcceptedV1 = {
  $id: 'cases.allocation.accepted.v1',
  title: 'The provider has taken the order',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['planId', 'personId', 'offerId', 'providerId', 'orderId'],
  properties: {
    planId: id,
    personId: id,
    offerId: id,
    providerId: id,
    orderId: id,
  },
  examples: [
    {
      planId: '0197a000-0000-7000-8000-000000000007',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      providerId: '0197a000-0000-7000-8000-000000000010',
      orderId: '0197a000-0000-7000-8000-000000000009',
    },
  ],
} as const;
export type AllocationAcceptedV1 = FromSchema<typeof allocationAcceptedV1>;
