import type { FromSchema } from 'json-schema-to-ts';
import { code, date } from '../properties';

export const providerReactivatedV1 = {
  $id: 'providers.provider.reactivated.v1',
  title: 'A provider may get orders again',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'reactivatedOn'],
  properties: {
    kind: code,
    reactivatedOn: date,
  },
  examples: [{ kind: 'NGO', reactivatedOn: '2026-03-02' }],
} as const;
export type ProviderReactivatedV1 = FromSchema<typeof providerReactivatedV1>;
