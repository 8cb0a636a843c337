import type { FromSchema } from 'json-schema-to-ts';
import { partner } from '../properties';

export const subscriptionFailingV1 = {
  $id: 'notifications.subscription.failing.v1',
  title: 'The sink of a subscription does not answer; only probes go there until it does',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['partnerId'],
  properties: {
    partnerId: partner,
  },
  examples: [{ partnerId: 'powiat-elblaski' }],
} as const;
export type SubscriptionFailingV1 = FromSchema<typeof subscriptionFailingV1>;
