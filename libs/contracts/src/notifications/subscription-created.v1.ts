import type { FromSchema } from 'json-schema-to-ts';
import { partner } from '../properties';

export const subscriptionCreatedV1 = {
  $id: 'notifications.subscription.created.v1',
  title: 'A partner has subscribed to events',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['partnerId'],
  properties: {
    partnerId: partner,
  },
  examples: [{ partnerId: 'powiat-elblaski' }],
} as const;
export type SubscriptionCreatedV1 = FromSchema<typeof subscriptionCreatedV1>;
