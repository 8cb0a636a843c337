import type { FromSchema } from 'json-schema-to-ts';
import { code, date } from '../properties';

export const providerDeactivatedV1 = {
  $id: 'providers.provider.deactivated.v1',
  title: 'A provider gets no new orders from now on',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'deactivatedOn', 'reasonCode'],
  properties: {
    kind: code,
    deactivatedOn: date,
    reasonCode: code,
  },
  examples: [{ kind: 'NGO', deactivatedOn: '2026-03-02', reasonCode: 'CEASED_ACTIVITY' }],
} as const;
export type ProviderDeactivatedV1 = FromSchema<typeof providerDeactivatedV1>;
