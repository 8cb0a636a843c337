import type { FromSchema } from 'json-schema-to-ts';
import { code, count, date, id } from '../properties';

export const serviceOrderAnswerTermMovedV1 = {
  $id: 'providers.service-order.answer-term-moved.v1',
  title: 'The provider answers by another day than it was asked to',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['allocationId', 'providerId', 'offerId', 'attempt', 'answerBy', 'reasonCode'],
  properties: {
    allocationId: id,
    providerId: id,
    offerId: id,
    attempt: count,
    answerBy: date,
    /** PROVIDER_ASKS, or AGREEMENT where the agreement sets the term. */
    reasonCode: code,
  },
  examples: [
    {
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      attempt: 1,
      answerBy: '2026-03-10',
      reasonCode: 'PROVIDER_ASKS',
    },
  ],
} as const;
export type ServiceOrderAnswerTermMovedV1 = FromSchema<typeof serviceOrderAnswerTermMovedV1>;
