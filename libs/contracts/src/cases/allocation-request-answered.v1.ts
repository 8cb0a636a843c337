import type { FromSchema } from 'json-schema-to-ts';
import { answeredProperties } from '../order-request-properties';
import { count, id } from '../properties';

export const allocationRequestAnsweredV1 = {
  $id: 'cases.allocation.request-answered.v1',
  title: 'What was asked about the service is answered',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['offerId', 'providerId', 'attempt', 'requestId', 'outcome', 'answeredBy', 'answeredOn'],
  properties: {
    /** The plan that it is part of. */
    planId: id,
    /** Instead of a plan, where the service is used singly. */
    applicationId: id,
    offerId: id,
    providerId: id,
    attempt: count,
    ...answeredProperties,
  },
  examples: [
    {
      planId: '0197a000-0000-7000-8000-000000000007',
      offerId: '0197a000-0000-7000-8000-000000000002',
      providerId: '0197a000-0000-7000-8000-000000000010',
      attempt: 1,
      requestId: '0197a000-0000-7000-8000-000000000021',
      outcome: 'REFUSED',
      answeredBy: 'CENTRE',
      answeredOn: '2026-03-04',
      answerCode: 'NEEDED_AS_IS',
    },
  ],
} as const;
export type AllocationRequestAnsweredV1 = FromSchema<typeof allocationRequestAnsweredV1>;
