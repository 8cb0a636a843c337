import type { FromSchema } from 'json-schema-to-ts';
import { code, count, date, id } from '../properties';

export const allocationTerminatedV1 = {
  $id: 'cases.allocation.terminated.v1',
  title: 'The service has been ended before its time, by an act of the centre',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'offerId', 'attempt', 'terminatedOn', 'reasonCode'],
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
    terminatedOn: date,
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
      terminatedOn: '2026-03-02',
      reasonCode: 'PROVIDER_FAILURE',
    },
  ],
} as const;
export type AllocationTerminatedV1 = FromSchema<typeof allocationTerminatedV1>;
