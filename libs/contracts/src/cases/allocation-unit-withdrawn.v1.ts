import type { FromSchema } from 'json-schema-to-ts';
import { count, id } from '../properties';

/** Of a service in a plan, `planId`; of one used singly, `applicationId`. */
export const allocationUnitWithdrawnV1 = {
  $id: 'cases.allocation.unit-withdrawn.v1',
  title: 'A delivery that was counted counts no more',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['deliveryId', 'quantity', 'deliveredTotal'],
  properties: {
    planId: id,
    applicationId: id,
    deliveryId: id,
    quantity: count,
    deliveredTotal: count,
  },
  examples: [
    {
      planId: '0197a000-0000-7000-8000-000000000006',
      deliveryId: '0197a000-0000-7000-8000-000000000011',
      quantity: 3,
      deliveredTotal: 0,
    },
  ],
} as const;
export type AllocationUnitWithdrawnV1 = FromSchema<typeof allocationUnitWithdrawnV1>;
