import type { FromSchema } from 'json-schema-to-ts';
import { partner } from '../properties';

export const subscriptionRecoveredV1 = {
  $id: 'notifications.subscription.recovered.v1',
  title: 'The sink of a subscription answers again',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['partnerId'],
  properties: {
    partnerId: partner,
  },
  examples: [{ partnerId: 'powiat-elblaski' }],
} as const;
export type SubscriptionRecoveredV1 = FromSchema<typeof subscriptionRecoveredV1>;
