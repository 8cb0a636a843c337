import type { FromSchema } from 'json-schema-to-ts';
import { code, id } from '../properties';

export const deliveryRejectedV1 = {
  $id: 'providers.delivery.rejected.v1',
  title: 'A recorded delivery does not count: the centre has rejected it, or the provider has withdrawn it',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['orderId', 'allocationId', 'providerId', 'reasonCode'],
  properties: {
    orderId: id,
    allocationId: id,
    providerId: id,
    reasonCode: code,
  },
  examples: [
    {
      orderId: '0197a000-0000-7000-8000-000000000009',
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      reasonCode: 'NOT_DELIVERED',
    },
  ],
} as const;
export type DeliveryRejectedV1 = FromSchema<typeof deliveryRejectedV1>;
