import type { FromSchema } from 'json-schema-to-ts';
import { count, id } from '../properties';

export const allocationUnitDeliveredV1 = {
  $id: 'cases.allocation.unit-delivered.v1',
  title: 'A delivery has been accepted and counted',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['planId', 'deliveryId', 'quantity', 'deliveredTotal'],
  properties: {
    planId: id,
    deliveryId: id,
    quantity: count,
    deliveredTotal: count,
  },
  examples: [
    {
      planId: '0197a000-0000-7000-8000-000000000007',
      deliveryId: '0197a000-0000-7000-8000-000000000011',
      quantity: 3,
      deliveredTotal: 3,
    },
  ],
} as const;
export type AllocationUnitDeliveredV1 = FromSchema<typeof allocationUnitDeliveredV1>;
