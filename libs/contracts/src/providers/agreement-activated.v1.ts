import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const agreementActivatedV1 = {
  $id: 'providers.agreement.activated.v1',
  title: 'The first day of an agreement has come',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'from', 'to'],
  properties: {
    providerId: id,
    from: date,
    to: date,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', from: '2026-03-02', to: '2026-12-31' }],
} as const;
export type AgreementActivatedV1 = FromSchema<typeof agreementActivatedV1>;
