import type { FromSchema } from 'json-schema-to-ts';
import { count, id } from '../properties';

/** Of a service that is used singly, without a plan; the first version is told of those in a plan. */
export const allocationUnitDeliveredV2 = {
  $id: 'cases.allocation.unit-delivered.v2',
  title: 'A delivery has been accepted and counted',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'deliveryId', 'quantity', 'deliveredTotal'],
  properties: {
    applicationId: id,
    deliveryId: id,
    quantity: count,
    deliveredTotal: count,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000004',
      deliveryId: '0197a000-0000-7000-8000-000000000011',
      quantity: 3,
      deliveredTotal: 3,
    },
  ],
} as const;
export type AllocationUnitDeliveredV2 = FromSchema<typeof allocationUnitDeliveredV2>;
