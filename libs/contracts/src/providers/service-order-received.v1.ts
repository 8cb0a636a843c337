import type { FromSchema } from 'json-schema-to-ts';
import { count, id } from '../properties';

export const serviceOrderReceivedV1 = {
  $id: 'providers.service-order.received.v1',
  title: 'A referral has reached the provider as an order',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['allocationId', 'providerId', 'offerId', 'attempt'],
  properties: {
    allocationId: id,
    providerId: id,
    offerId: id,
    attempt: count,
  },
  examples: [
    {
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      attempt: 3,
    },
  ],
} as const;
export type ServiceOrderReceivedV1 = FromSchema<typeof serviceOrderReceivedV1>;
