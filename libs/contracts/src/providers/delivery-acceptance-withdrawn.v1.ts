import type { FromSchema } from 'json-schema-to-ts';
import { code, count, date, id } from '../properties';

/** What was counted when the delivery was accepted is to be counted no more. */
export const deliveryAcceptanceWithdrawnV1 = {
  $id: 'providers.delivery.acceptance-withdrawn.v1',
  title: 'The centre has taken back its acceptance of a delivery, before that was settled',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['orderId', 'allocationId', 'providerId', 'deliveredOn', 'quantity', 'unit', 'causeCode'],
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
    causeCode: code,
  },
  examples: [
    {
      orderId: '0197a000-0000-7000-8000-000000000009',
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      deliveredOn: '2026-03-02',
      quantity: 3,
      unit: 'HOUR',
      causeCode: 'RECORDED_IN_ERROR',
    },
  ],
} as const;
export type DeliveryAcceptanceWithdrawnV1 = FromSchema<typeof deliveryAcceptanceWithdrawnV1>;
