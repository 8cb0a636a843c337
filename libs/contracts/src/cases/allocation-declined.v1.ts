import type { FromSchema } from 'json-schema-to-ts';
import { code, id } from '../properties';

export const allocationDeclinedV1 = {
  $id: 'cases.allocation.declined.v1',
  title: 'The provider has declined; the allocation must be referred again',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['planId', 'offerId', 'providerId', 'orderId', 'reasonCode'],
  properties: {
    planId: id,
    offerId: id,
    providerId: id,
    orderId: id,
    reasonCode: code,
  },
  examples: [
    {
      planId: '0197a000-0000-7000-8000-000000000007',
      offerId: '0197a000-0000-7000-8000-000000000002',
      providerId: '0197a000-0000-7000-8000-000000000010',
      orderId: '0197a000-0000-7000-8000-000000000009',
      reasonCode: 'EXAMPLE',
    },
  ],
} as const;
export type AllocationDeclinedV1 = FromSchema<typeof allocationDeclinedV1>;
