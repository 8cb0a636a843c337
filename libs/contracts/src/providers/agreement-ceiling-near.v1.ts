import type { FromSchema } from 'json-schema-to-ts';
import { date, grosze, id } from '../properties';

export const agreementCeilingNearV1 = {
  $id: 'providers.agreement.ceiling-near.v1',
  title: 'Most of what an agreement allows is ordered, or will soon be delivered at the present pace',
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
    /** At the present pace of deliveries; without it, not before the agreement ends, or unknown. */
    runsOutOn: date,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      unit: 'HOUR',
      ceiling: 1200,
      ordered: 1000,
      delivered: 700,
      runsOutOn: '2026-11-03',
    },
  ],
} as const;
export type AgreementCeilingNearV1 = FromSchema<typeof agreementCeilingNearV1>;
