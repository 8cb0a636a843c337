import type { FromSchema } from 'json-schema-to-ts';
import { date, partner } from '../properties';

export const grantGivenV1 = {
  $id: 'notifications.grant.given.v1',
  title: 'The centre has granted a partner the right to events',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['partnerId', 'validFrom', 'validTo'],
  properties: {
    partnerId: partner,
    validFrom: date,
    validTo: date,
  },
  examples: [{ partnerId: 'powiat-elblaski', validFrom: '2026-03-02', validTo: '2026-03-02' }],
} as const;
export type GrantGivenV1 = FromSchema<typeof grantGivenV1>;
