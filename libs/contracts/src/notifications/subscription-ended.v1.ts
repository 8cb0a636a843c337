import type { FromSchema } from 'json-schema-to-ts';
import { partner } from '../properties';

export const subscriptionEndedV1 = {
  $id: 'notifications.subscription.ended.v1',
  title: 'A subscription to events has been ended',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['partnerId'],
  properties: {
    partnerId: partner,
  },
  examples: [{ partnerId: 'powiat-elblaski' }],
} as const;
export type SubscriptionEndedV1 = FromSchema<typeof subscriptionEndedV1>;
