import type { FromSchema } from 'json-schema-to-ts';
import { partner } from '../properties';

export const grantRevokedV1 = {
  $id: 'notifications.grant.revoked.v1',
  title: 'The centre has taken the right to events back from a partner',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['partnerId'],
  properties: {
    partnerId: partner,
  },
  examples: [{ partnerId: 'powiat-elblaski' }],
} as const;
export type GrantRevokedV1 = FromSchema<typeof grantRevokedV1>;
