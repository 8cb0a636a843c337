import type { FromSchema } from 'json-schema-to-ts';
import { count, id } from '../properties';

export const serviceOrderAnswerTokenRevokedV1 = {
  $id: 'providers.service-order.answer-token-revoked.v1',
  title: 'The token for an answer without an account counts no more',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['allocationId', 'providerId', 'offerId', 'attempt', 'tokenId'],
  properties: {
    allocationId: id,
    providerId: id,
    offerId: id,
    attempt: count,
    tokenId: id,
  },
  examples: [
    {
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      attempt: 1,
      tokenId: '0197a000-0000-7000-8000-000000000022',
    },
  ],
} as const;
export type ServiceOrderAnswerTokenRevokedV1 = FromSchema<typeof serviceOrderAnswerTokenRevokedV1>;
