import type { FromSchema } from 'json-schema-to-ts';
import { answeredProperties } from '../order-request-properties';
import { count, id } from '../properties';

export const serviceOrderRequestAnsweredV1 = {
  $id: 'providers.service-order.request-answered.v1',
  title: 'What was asked about the order is answered',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['allocationId', 'providerId', 'offerId', 'attempt', 'requestId', 'outcome', 'answeredBy', 'answeredOn'],
  properties: {
    allocationId: id,
    providerId: id,
    offerId: id,
    attempt: count,
    ...answeredProperties,
  },
  examples: [
    {
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      attempt: 1,
      requestId: '0197a000-0000-7000-8000-000000000021',
      outcome: 'REFUSED',
      answeredBy: 'CENTRE',
      answeredOn: '2026-03-04',
      answerCode: 'NEEDED_AS_IS',
    },
  ],
} as const;
export type ServiceOrderRequestAnsweredV1 = FromSchema<typeof serviceOrderRequestAnsweredV1>;
