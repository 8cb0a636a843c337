import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const agreementSuspendedV1 = {
  $id: 'providers.agreement.suspended.v1',
  title: 'Nothing is ordered under the agreement for a while',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'from', 'reasonCode'],
  properties: {
    providerId: id,
    from: date,
    reasonCode: code,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', from: '2026-06-01', reasonCode: 'QUALITY' }],
} as const;
export type AgreementSuspendedV1 = FromSchema<typeof agreementSuspendedV1>;
