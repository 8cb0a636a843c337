import type { FromSchema } from 'json-schema-to-ts';
import { code, date } from '../properties';

export const providerVerifiedV1 = {
  $id: 'providers.provider.verified.v1',
  title: 'The centre has verified the entry of a provider (art. 7(2))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'evidenceCode'],
  properties: {
    kind: code,
    evidenceCode: code,
    /** Its last day; absent where nothing of it runs out. */
    until: date,
  },
  examples: [{ kind: 'NGO', evidenceCode: 'KRS_EXTRACT', until: '2026-03-02' }],
} as const;
export type ProviderVerifiedV1 = FromSchema<typeof providerVerifiedV1>;
