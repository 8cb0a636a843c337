import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

/** Of a service that is used singly, without a plan; the first version is told of those in a plan. */
export const allocationCompletedV2 = {
  $id: 'cases.allocation.completed.v2',
  title: 'The allocation is complete',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'personId', 'offerId', 'providerId', 'orderId', 'completedOn'],
  properties: {
    applicationId: id,
    personId: id,
    offerId: id,
    providerId: id,
    orderId: id,
    completedOn: date,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000004',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      providerId: '0197a000-0000-7000-8000-000000000010',
      orderId: '0197a000-0000-7000-8000-000000000009',
      completedOn: '2026-03-02',
    },
  ],
} as const;
export type AllocationCompletedV2 = FromSchema<typeof allocationCompletedV2>;
