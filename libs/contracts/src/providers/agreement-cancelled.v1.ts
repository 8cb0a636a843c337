import type { FromSchema } from 'json-schema-to-ts';
import { code, id } from '../properties';

export const agreementCancelledV1 = {
  $id: 'providers.agreement.cancelled.v1',
  title: 'The agreement was given up before it was signed',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'reasonCode'],
  properties: {
    providerId: id,
    reasonCode: code,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', reasonCode: 'NO_OFFERS' }],
} as const;
export type AgreementCancelledV1 = FromSchema<typeof agreementCancelledV1>;
