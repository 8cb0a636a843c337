import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const deliveryAcceptedV1 = {
  $id: 'providers.delivery.accepted.v1',
  title: 'The centre has accepted a recorded delivery',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['orderId', 'allocationId', 'providerId', 'deliveredOn', 'quantity', 'unit'],
  properties: {
    orderId: id,
    allocationId: id,
    providerId: id,
    deliveredOn: date,
    quantity: count,
    unit: {
      type: 'string',
      enum: ['HOUR', 'RIDE', 'DAY', 'PLACE', 'VISIT', 'ITEM', 'FLAT_SUM'],
      'x-data-class': 'code',
    },
  },
  examples: [
    {
      orderId: '0197a000-0000-7000-8000-000000000009',
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      deliveredOn: '2026-03-02',
      quantity: 3,
      unit: 'HOUR',
    },
  ],
} as const;
export type DeliveryAcceptedV1 = FromSchema<typeof deliveryAcceptedV1>;
