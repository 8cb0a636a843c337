import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const deliveryCorrectedV1 = {
  $id: 'providers.delivery.corrected.v1',
  title: 'The provider has corrected what it recorded; this is how it stands now',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['orderId', 'allocationId', 'providerId', 'deliveredOn', 'quantity', 'unit', 'outcome'],
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
    outcome: {
      type: 'string',
      enum: ['DELIVERED', 'CLIENT_ABSENT', 'PROVIDER_ABSENT', 'CANCELLED'],
      'x-data-class': 'code',
    },
  },
  examples: [
    {
      orderId: '0197a000-0000-7000-8000-000000000009',
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      deliveredOn: '2026-03-02',
      quantity: 2,
      unit: 'HOUR',
      outcome: 'DELIVERED',
    },
  ],
} as const;
export type DeliveryCorrectedV1 = FromSchema<typeof deliveryCorrectedV1>;
