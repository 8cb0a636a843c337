import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const allocationAnswerTermMovedV1 = {
  $id: 'cases.allocation.answer-term-moved.v1',
  title: 'The referral may be answered until another day',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['offerId', 'providerId', 'attempt', 'answerBy'],
  properties: {
    /** The plan that it is part of. */
    planId: id,
    /** Instead of a plan, where the service is used singly. */
    applicationId: id,
    offerId: id,
    providerId: id,
    attempt: count,
    answerBy: date,
  },
  examples: [
    {
      planId: '0197a000-0000-7000-8000-000000000007',
      offerId: '0197a000-0000-7000-8000-000000000002',
      providerId: '0197a000-0000-7000-8000-000000000010',
      attempt: 1,
      answerBy: '2026-03-10',
    },
  ],
} as const;
export type AllocationAnswerTermMovedV1 = FromSchema<typeof allocationAnswerTermMovedV1>;
