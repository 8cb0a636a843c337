import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const allocationCompletedV1 = {
  $id: 'cases.allocation.completed.v1',
  title: 'The allocation is complete',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['planId', 'personId', 'offerId', 'providerId', 'orderId', 'completedOn'],
  properties: {
    planId: id,
    personId: id,
    offerId: id,
    providerId: id,
    orderId: id,
    completedOn: date,
  },
  examples: [
    {
      planId: '0197a000-0000-7000-8000-000000000007',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      providerId: '0197a000-0000-7000-8000-000000000010',
      orderId: '0197a000-0000-7000-8000-000000000009',
      completedOn: '2026-03-02',
    },
  ],
} as const;
export type AllocationCompletedV1 = FromSchema<typeof allocationCompletedV1>;
