import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const agreementGapAheadV1 = {
  $id: 'providers.agreement.gap-ahead.v1',
  title: 'From a day on no agreement covers a service',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'offerId', 'from'],
  properties: {
    providerId: id,
    offerId: id,
    from: date,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      from: '2027-01-01',
    },
  ],
} as const;
export type AgreementGapAheadV1 = FromSchema<typeof agreementGapAheadV1>;
