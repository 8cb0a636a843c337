import type { FromSchema } from 'json-schema-to-ts';
import { date } from '../properties';
import { exampleMonth, settledMonth, signed } from './settled-month';

export const settlementPaidV1 = {
  $id: 'providers.settlement.paid.v1',
  title: 'A settlement has been paid',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['agreementId', 'providerId', 'month', 'grosze', 'paidOn'],
  properties: {
    ...settledMonth,
    grosze: signed,
    paidOn: date,
  },
  examples: [
    {
      ...exampleMonth,
      grosze: 54000,
      paidOn: '2026-04-20',
    },
  ],
} as const;
export type SettlementPaidV1 = FromSchema<typeof settlementPaidV1>;
