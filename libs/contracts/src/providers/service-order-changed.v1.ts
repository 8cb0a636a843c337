import type { FromSchema } from 'json-schema-to-ts';
import { termsProperties } from '../order-request-properties';
import { count, id } from '../properties';

export const serviceOrderChangedV1 = {
  $id: 'providers.service-order.changed.v1',
  title: 'The order has other terms than before',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['allocationId', 'providerId', 'offerId', 'attempt', 'from', 'to', 'quantity'],
  properties: {
    allocationId: id,
    providerId: id,
    offerId: id,
    attempt: count,
    ...termsProperties,
  },
  examples: [
    {
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      attempt: 1,
      from: '2026-03-02',
      to: '2026-05-31',
      quantity: 20,
      scheduleCode: 'MORNINGS',
    },
  ],
} as const;
export type ServiceOrderChangedV1 = FromSchema<typeof serviceOrderChangedV1>;
