import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const agreementStandardNamedV1 = {
  $id: 'providers.agreement.standard-named.v1',
  title: 'An agreement names the standard of quality that a service is held to',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'offerId', 'standardId'],
  properties: {
    providerId: id,
    offerId: id,
    standardId: id,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      standardId: '0197a000-0000-7000-8000-000000000030',
    },
  ],
} as const;
export type AgreementStandardNamedV1 = FromSchema<typeof agreementStandardNamedV1>;
