import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const agreementSettledV1 = {
  $id: 'providers.agreement.settled.v1',
  title: 'Everything under the agreement is accounted for',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'settledOn'],
  properties: {
    providerId: id,
    settledOn: date,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', settledOn: '2027-02-10' }],
} as const;
export type AgreementSettledV1 = FromSchema<typeof agreementSettledV1>;
