import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const agreementEndedV1 = {
  $id: 'providers.agreement.ended.v1',
  title: 'The agreement is over, by its term or before it',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'endedOn', 'reasonCode'],
  properties: {
    providerId: id,
    /** Its last day. */
    endedOn: date,
    reasonCode: code,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', endedOn: '2026-12-31', reasonCode: 'TERM' }],
} as const;
export type AgreementEndedV1 = FromSchema<typeof agreementEndedV1>;
