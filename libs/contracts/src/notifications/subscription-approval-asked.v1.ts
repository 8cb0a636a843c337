import type { FromSchema } from 'json-schema-to-ts';
import { partner } from '../properties';

export const subscriptionApprovalAskedV1 = {
  $id: 'notifications.subscription.approval-asked.v1',
  title: 'A subscription waits for the approval of the centre',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['partnerId'],
  properties: { partnerId: partner },
  examples: [{ partnerId: 'powiat-elblaski' }],
} as const;
export type SubscriptionApprovalAskedV1 = FromSchema<typeof subscriptionApprovalAskedV1>;
