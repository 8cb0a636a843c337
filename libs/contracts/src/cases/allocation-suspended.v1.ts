import type { FromSchema } from 'json-schema-to-ts';
import { code, count, date, id } from '../properties';

export const allocationSuspendedV1 = {
  $id: 'cases.allocation.suspended.v1',
  title: 'The service pauses; its place is kept',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'offerId', 'providerId', 'orderId', 'attempt', 'from', 'reasonCode'],
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
    from: date,
    /** The last day on which it is expected to pause. */
    until: date,
    reasonCode: code,
  },
  examples: [
    {
      planId: '0197a000-0000-7000-8000-000000000007',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      providerId: '0197a000-0000-7000-8000-000000000010',
      orderId: '0197a000-0000-7000-8000-000000000009',
      attempt: 1,
      from: '2026-03-02',
      until: '2026-03-16',
      reasonCode: 'PERSON_AWAY',
    },
  ],
} as const;
export type AllocationSuspendedV1 = FromSchema<typeof allocationSuspendedV1>;
