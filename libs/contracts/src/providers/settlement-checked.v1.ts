import type { FromSchema } from 'json-schema-to-ts';
import { exampleMonth, settledMonth, signed } from './settled-month';

export const settlementCheckedV1 = {
  $id: 'providers.settlement.checked.v1',
  title: 'The centre has checked a settlement',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['agreementId', 'providerId', 'month', 'grosze'],
  properties: {
    ...settledMonth,
    grosze: signed,
  },
  examples: [
    {
      ...exampleMonth,
      grosze: 54000,
    },
  ],
} as const;
export type SettlementCheckedV1 = FromSchema<typeof settlementCheckedV1>;
