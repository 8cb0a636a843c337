import type { FromSchema } from 'json-schema-to-ts';
import { actor, partner } from '../properties';

export const subscriptionRefusedV1 = {
  $id: 'notifications.subscription.refused.v1',
  title: 'The centre has refused a subscription',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['partnerId', 'decidedBy'],
  properties: { partnerId: partner, decidedBy: actor },
  examples: [{ partnerId: 'powiat-elblaski', decidedBy: 'director-maria' }],
} as const;
export type SubscriptionRefusedV1 = FromSchema<typeof subscriptionRefusedV1>;
