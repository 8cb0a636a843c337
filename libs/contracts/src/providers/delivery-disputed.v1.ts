import type { FromSchema } from 'json-schema-to-ts';
import { code, id } from '../properties';

export const deliveryDisputedV1 = {
  $id: 'providers.delivery.disputed.v1',
  title: 'A recorded delivery is disputed',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['orderId', 'allocationId', 'providerId', 'causeCode'],
  properties: {
    orderId: id,
    allocationId: id,
    providerId: id,
    causeCode: code,
  },
  examples: [
    {
      orderId: '0197a000-0000-7000-8000-000000000009',
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      causeCode: 'NOT_DELIVERED',
    },
  ],
} as const;
export type DeliveryDisputedV1 = FromSchema<typeof deliveryDisputedV1>;
