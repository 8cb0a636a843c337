import type { FromSchema } from 'json-schema-to-ts';
import { code } from '../properties';

export const providerVerificationRefusedV1 = {
  $id: 'providers.provider.verification-refused.v1',
  title: 'The centre could not verify the entry of a provider',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'reasonCode'],
  properties: {
    kind: code,
    reasonCode: code,
  },
  examples: [{ kind: 'FIRM', reasonCode: 'NOT_IN_REGISTER' }],
} as const;
export type ProviderVerificationRefusedV1 = FromSchema<typeof providerVerificationRefusedV1>;
