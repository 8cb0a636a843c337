import type { FromSchema } from 'json-schema-to-ts';
import { actor, partner } from '../properties';

export const subscriptionApprovedV1 = {
  $id: 'notifications.subscription.approved.v1',
  title: 'The centre has approved a subscription',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['partnerId', 'decidedBy'],
  properties: { partnerId: partner, decidedBy: actor },
  examples: [{ partnerId: 'powiat-elblaski', decidedBy: 'director-maria' }],
} as const;
export type SubscriptionApprovedV1 = FromSchema<typeof subscriptionApprovedV1>;
