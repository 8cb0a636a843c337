import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const serviceOrderRemindedV1 = {
  $id: 'providers.service-order.reminded.v1',
  title: 'The last day for an answer is near',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['allocationId', 'providerId', 'offerId', 'attempt', 'answerBy'],
  properties: {
    allocationId: id,
    providerId: id,
    offerId: id,
    attempt: count,
    answerBy: date,
  },
  examples: [
    {
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      attempt: 1,
      answerBy: '2026-03-05',
    },
  ],
} as const;
export type ServiceOrderRemindedV1 = FromSchema<typeof serviceOrderRemindedV1>;
