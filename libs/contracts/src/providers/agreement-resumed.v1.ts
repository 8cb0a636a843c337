import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const agreementResumedV1 = {
  $id: 'providers.agreement.resumed.v1',
  title: 'The agreement goes on after a pause',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'resumedOn'],
  properties: {
    providerId: id,
    resumedOn: date,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', resumedOn: '2026-06-15' }],
} as const;
export type AgreementResumedV1 = FromSchema<typeof agreementResumedV1>;
