import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const allocationResignedV1 = {
  $id: 'cases.allocation.resigned.v1',
  title: 'The person has resigned from the service (art. 44)',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'offerId', 'attempt', 'resignedOn'],
  properties: {
    /** The plan that it is part of. */
    planId: id,
    /** Instead of a plan, where the service is used singly. */
    applicationId: id,
    personId: id,
    offerId: id,
    /** To whom it was referred last, if to anybody. */
    providerId: id,
    /** The order under which it was performed, if it was. */
    orderId: id,
    attempt: count,
    resignedOn: date,
  },
  examples: [
    {
      planId: '0197a000-0000-7000-8000-000000000007',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      providerId: '0197a000-0000-7000-8000-000000000010',
      orderId: '0197a000-0000-7000-8000-000000000009',
      attempt: 1,
      resignedOn: '2026-03-02',
    },
  ],
} as const;
export type AllocationResignedV1 = FromSchema<typeof allocationResignedV1>;
