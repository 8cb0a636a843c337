import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const allocationResumedV1 = {
  $id: 'cases.allocation.resumed.v1',
  title: 'The service goes on after a pause',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'offerId', 'providerId', 'orderId', 'attempt', 'resumedOn'],
  properties: {
    /** The plan that it is part of. */
    planId: id,
    /** Instead of a plan, where the service is used singly. */
    applicationId: id,
    personId: id,
    offerId: id,
    providerId: id,
    orderId: id,
    attempt: count,
    resumedOn: date,
  },
  examples: [
    {
      planId: '0197a000-0000-7000-8000-000000000007',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      providerId: '0197a000-0000-7000-8000-000000000010',
      orderId: '0197a000-0000-7000-8000-000000000009',
      attempt: 1,
      resumedOn: '2026-03-02',
    },
  ],
} as const;
export type AllocationResumedV1 = FromSchema<typeof allocationResumedV1>;
