import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const allocationReferralLapsedV1 = {
  $id: 'cases.allocation.referral-lapsed.v1',
  title: 'The provider has not answered in time; the allocation must be referred again',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['offerId', 'providerId', 'attempt', 'lapsedOn'],
  properties: {
    /** The plan that it is part of. */
    planId: id,
    /** Instead of a plan, where the service is used singly. */
    applicationId: id,
    offerId: id,
    providerId: id,
    attempt: count,
    lapsedOn: date,
  },
  examples: [
    {
      planId: '0197a000-0000-7000-8000-000000000007',
      offerId: '0197a000-0000-7000-8000-000000000002',
      providerId: '0197a000-0000-7000-8000-000000000010',
      attempt: 1,
      lapsedOn: '2026-03-02',
    },
  ],
} as const;
export type AllocationReferralLapsedV1 = FromSchema<typeof allocationReferralLapsedV1>;
