import type { FromSchema } from 'json-schema-to-ts';
import { count, id, instant } from '../properties';

export const serviceOrderAnswerTokenIssuedV1 = {
  $id: 'providers.service-order.answer-token-issued.v1',
  title: 'Whoever holds this token may answer the order once, without an account',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['allocationId', 'providerId', 'offerId', 'attempt', 'tokenId', 'expiresAt'],
  properties: {
    allocationId: id,
    providerId: id,
    offerId: id,
    attempt: count,
    tokenId: id,
    expiresAt: instant,
  },
  examples: [
    {
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      attempt: 1,
      tokenId: '0197a000-0000-7000-8000-000000000022',
      expiresAt: '2026-03-05T23:00:00.000Z',
    },
  ],
} as const;
export type ServiceOrderAnswerTokenIssuedV1 = FromSchema<typeof serviceOrderAnswerTokenIssuedV1>;
