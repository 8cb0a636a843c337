import type { FromSchema } from 'json-schema-to-ts';
import { termsProperties } from '../order-request-properties';
import { count, id } from '../properties';

export const allocationChangedV1 = {
  $id: 'cases.allocation.changed.v1',
  title: 'The service is performed on other terms than before',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['offerId', 'providerId', 'attempt', 'orderId', 'from', 'to', 'quantity'],
  properties: {
    /** The plan that it is part of. */
    planId: id,
    /** Instead of a plan, where the service is used singly. */
    applicationId: id,
    offerId: id,
    providerId: id,
    attempt: count,
    orderId: id,
    ...termsProperties,
  },
  examples: [
    {
      planId: '0197a000-0000-7000-8000-000000000007',
      offerId: '0197a000-0000-7000-8000-000000000002',
      providerId: '0197a000-0000-7000-8000-000000000010',
      attempt: 1,
      orderId: '0197a000-0000-7000-8000-000000000009',
      from: '2026-03-02',
      to: '2026-05-31',
      quantity: 20,
      scheduleCode: 'MORNINGS',
    },
  ],
} as const;
export type AllocationChangedV1 = FromSchema<typeof allocationChangedV1>;
