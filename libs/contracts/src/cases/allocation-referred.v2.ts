import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

/** Of a service that is used singly, without a plan; the first version is told of those in a plan. */
export const allocationReferredV2 = {
  $id: 'cases.allocation.referred.v2',
  title: 'The allocation has been referred to a provider',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'offerId', 'providerId', 'attempt', 'from', 'to', 'quantity', 'unit'],
  properties: {
    applicationId: id,
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
      applicationId: '0197a000-0000-7000-8000-000000000004',
      offerId: '0197a000-0000-7000-8000-000000000002',
      providerId: '0197a000-0000-7000-8000-000000000010',
      attempt: 1,
      from: '2026-03-02',
      to: '2026-03-02',
      quantity: 3,
      unit: 'HOUR',
      answerBy: '2026-03-02',
    },
  ],
} as const;
export type AllocationReferredV2 = FromSchema<typeof allocationReferredV2>;
