import type { FromSchema } from 'json-schema-to-ts';
import { grosze, id } from '../properties';

export const agreementCeilingReachedV1 = {
  $id: 'providers.agreement.ceiling-reached.v1',
  title: 'Nothing more can be ordered of what an agreement allows',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'unit', 'ceiling', 'ordered', 'delivered'],
  properties: {
    providerId: id,
    /** Of which service; without it, of the money of the whole agreement. */
    offerId: id,
    unit: {
      type: 'string',
      enum: ['HOUR', 'RIDE', 'DAY', 'PLACE', 'VISIT', 'ITEM', 'FLAT_SUM', 'GROSZE'],
      'x-data-class': 'code',
    },
    ceiling: grosze,
    ordered: grosze,
    delivered: grosze,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      unit: 'HOUR',
      ceiling: 1200,
      ordered: 1200,
      delivered: 700,
    },
  ],
} as const;
export type AgreementCeilingReachedV1 = FromSchema<typeof agreementCeilingReachedV1>;
