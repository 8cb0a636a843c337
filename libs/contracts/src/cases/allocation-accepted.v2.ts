import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

/** Of a service that is used singly, without a plan; the first version is told of those in a plan. */
export const allocationAcceptedV2 = {
  $id: 'cases.allocation.accepted.v2',
  title: 'The provider has taken the order',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'personId', 'offerId', 'providerId', 'orderId'],
  properties: {
    applicationId: id,
    personId: id,
    offerId: id,
    providerId: id,
    orderId: id,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000004',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      providerId: '0197a000-0000-7000-8000-000000000010',
      orderId: '0197a000-0000-7000-8000-000000000009',
    },
  ],
} as const;
export type AllocationAcceptedV2 = FromSchema<typeof allocationAcceptedV2>;
