import type { FromSchema } from 'json-schema-to-ts';
import { code, partner } from '../properties';

export const subscriptionChangedV1 = {
  $id: 'notifications.subscription.changed.v1',
  title: 'A partner has changed its subscription',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['partnerId', 'part'],
  properties: {
    partnerId: partner,
    /** What of it, e.g. SINK. */
    part: code,
  },
  examples: [{ partnerId: 'powiat-elblaski', part: 'SINK' }],
} as const;
export type SubscriptionChangedV1 = FromSchema<typeof subscriptionChangedV1>;
