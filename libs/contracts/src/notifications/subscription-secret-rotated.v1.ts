import type { FromSchema } from 'json-schema-to-ts';
import { instant, partner } from '../properties';

export const subscriptionSecretRotatedV1 = {
  $id: 'notifications.subscription.secret-rotated.v1',
  title: 'What a subscription is sent is signed by a new secret',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['partnerId', 'earlierSecretUntil'],
  properties: {
    partnerId: partner,
    /** Until then the secret before it signs too. */
    earlierSecretUntil: instant,
  },
  examples: [{ partnerId: 'powiat-elblaski', earlierSecretUntil: '2026-03-03T08:00:00.000Z' }],
} as const;
export type SubscriptionSecretRotatedV1 = FromSchema<typeof subscriptionSecretRotatedV1>;
