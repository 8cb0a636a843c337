import type { FromSchema } from 'json-schema-to-ts';
import { code, date } from '../properties';

export const providerVerificationExpiredV1 = {
  $id: 'providers.provider.verification-expired.v1',
  title: 'What the verification of a provider rested on has run out',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'expiredOn'],
  properties: {
    kind: code,
    /** The last day on which it held. */
    expiredOn: date,
  },
  examples: [{ kind: 'MEDICAL_ENTITY', expiredOn: '2026-03-02' }],
} as const;
export type ProviderVerificationExpiredV1 = FromSchema<typeof providerVerificationExpiredV1>;
