import type { FromSchema } from 'json-schema-to-ts';
import { date } from '../properties';
import { exampleMonth, settledMonth, signed } from './settled-month';

export const settlementSubmittedV1 = {
  $id: 'providers.settlement.submitted.v1',
  title: 'A provider has handed in its invoice, bill or grant report for a settlement',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['agreementId', 'providerId', 'month', 'grosze', 'documentKind', 'issuedOn'],
  properties: {
    ...settledMonth,
    grosze: signed,
    documentKind: { type: 'string', enum: ['INVOICE', 'BILL', 'GRANT_REPORT'], 'x-data-class': 'code' },
    issuedOn: date,
  },
  examples: [
    {
      ...exampleMonth,
      grosze: 54000,
      documentKind: 'INVOICE',
      issuedOn: '2026-04-02',
    },
  ],
} as const;
export type SettlementSubmittedV1 = FromSchema<typeof settlementSubmittedV1>;
