import type { FromSchema } from 'json-schema-to-ts';
import { code, date } from '../properties';

export const providerVerificationEndingV1 = {
  $id: 'providers.provider.verification-ending.v1',
  title: 'The verification of a provider ends soon',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'endsOn'],
  properties: {
    kind: code,
    /** The last day on which it holds. */
    endsOn: date,
  },
  examples: [{ kind: 'MEDICAL_ENTITY', endsOn: '2026-03-02' }],
} as const;
export type ProviderVerificationEndingV1 = FromSchema<typeof providerVerificationEndingV1>;
