import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

/** Where the person was absent, the agreement says what is paid for it. */
export const deliveryMissedAcceptedV1 = {
  $id: 'providers.delivery.missed-accepted.v1',
  title: 'The centre has accepted the report of a visit at which nothing was delivered',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['orderId', 'allocationId', 'providerId', 'plannedOn', 'quantity', 'unit', 'outcome'],
  properties: {
    orderId: id,
    allocationId: id,
    providerId: id,
    plannedOn: date,
    quantity: count,
    unit: {
      type: 'string',
      enum: ['HOUR', 'RIDE', 'DAY', 'PLACE', 'VISIT', 'ITEM', 'FLAT_SUM'],
      'x-data-class': 'code',
    },
    outcome: {
      type: 'string',
      enum: ['CLIENT_ABSENT', 'PROVIDER_ABSENT', 'CANCELLED'],
      'x-data-class': 'code',
    },
  },
  examples: [
    {
      orderId: '0197a000-0000-7000-8000-000000000009',
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      plannedOn: '2026-03-02',
      quantity: 3,
      unit: 'HOUR',
      outcome: 'CLIENT_ABSENT',
    },
  ],
} as const;
export type DeliveryMissedAcceptedV1 = FromSchema<typeof deliveryMissedAcceptedV1>;
