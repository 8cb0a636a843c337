import type { FromSchema } from 'json-schema-to-ts';
import { code, id } from '../properties';

/** Of a service that is used singly, without a plan; the first version is told of those in a plan. */
export const allocationDeclinedV2 = {
  $id: 'cases.allocation.declined.v2',
  title: 'The provider has declined; the allocation must be referred again',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'offerId', 'providerId', 'orderId', 'reasonCode'],
  properties: {
    applicationId: id,
    offerId: id,
    providerId: id,
    orderId: id,
    reasonCode: code,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000004',
      offerId: '0197a000-0000-7000-8000-000000000002',
      providerId: '0197a000-0000-7000-8000-000000000010',
      orderId: '0197a000-0000-7000-8000-000000000009',
      reasonCode: 'NO_CAPACITY',
    },
  ],
} as const;
export type AllocationDeclinedV2 = FromSchema<typeof allocationDeclinedV2>;
