import type { FromSchema } from 'json-schema-to-ts';
import { code, date, grosze, id } from '../properties';
import { exampleMonth, settledMonth } from './settled-month';

export const settlementCostsStatedV1 = {
  $id: 'providers.settlement.costs-stated.v1',
  title: 'A provider has stated the costs that a grant is accounted by',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['agreementId', 'providerId', 'month', 'costs'],
  properties: {
    ...settledMonth,
    costs: {
      type: 'array',
      maxItems: 1000,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['offerId', 'category', 'issuedOn', 'grosze'],
        properties: { offerId: id, category: code, issuedOn: date, grosze },
      },
    },
  },
  examples: [
    {
      ...exampleMonth,
      costs: [
        {
          offerId: '0197a000-0000-7000-8000-000000000002',
          category: 'WAGES',
          issuedOn: '2026-03-02',
          grosze: 3000,
        },
      ],
    },
  ],
} as const;
export type SettlementCostsStatedV1 = FromSchema<typeof settlementCostsStatedV1>;
