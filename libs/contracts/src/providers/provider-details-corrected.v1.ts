import type { FromSchema } from 'json-schema-to-ts';
import { code, terc } from '../properties';

export const providerDetailsCorrectedV1 = {
  $id: 'providers.provider.details-corrected.v1',
  title: 'The entry of a provider in the register has been corrected',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'changed'],
  properties: {
    kind: code,
    /** Which parts: KIND, NAME, IDENTIFIERS, SEAT, SERVICES, PERMITS. */
    changed: { type: 'array', maxItems: 50, items: code },
    terc,
  },
  examples: [{ kind: 'NGO', changed: ['IDENTIFIERS', 'SEAT'], terc: '2861011' }],
} as const;
export type ProviderDetailsCorrectedV1 = FromSchema<typeof providerDetailsCorrectedV1>;
