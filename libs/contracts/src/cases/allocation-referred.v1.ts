import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const allocationReferredV1 = {
  $id: 'cases.allocation.referred.v1',
  title: 'The allocation has been referred to a provider',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['planId', 'offerId', 'providerId', 'attempt', 'from', 'to', 'quantity', 'unit'],
  properties: {
    planId: id,
    offerId: id,
    providerId: id,
    attempt: count,
    from: date,
    to: date,
    quantity: count,
    unit: {
      type: 'string',
      enum: ['HOUR', 'RIDE', 'DAY', 'PLACE', 'VISIT', 'ITEM', 'FLAT_SUM'],
      'x-data-class': 'code',
    },
    /** The last day for an answer; after it the referral lapses. */
    answerBy: date,
  },
  examples: [
    {
      planId: '0197a000-0000-7000-8000-000000000007',
      offerId: '0197a000-0000-7000-8000-000000000002',
      providerId: '0197a000-0000-7000-8000-000000000010',
      attempt: 3,
      from: '2026-03-02',
      to: '2026-03-02',
      quantity: 3,
      unit: 'HOUR',
      answerBy: '2026-03-02',
    },
  ],
} as const;
export type AllocationReferredV1 = FromSchema<typeof allocationReferredV1>;
