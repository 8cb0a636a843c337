import type { FromSchema } from 'json-schema-to-ts';
import { code } from '../properties';
import { exampleMonth, settledMonth } from './settled-month';

export const settlementReturnedV1 = {
  $id: 'providers.settlement.returned.v1',
  title: 'The centre has returned a settlement to its provider',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['agreementId', 'providerId', 'month', 'reasonCode'],
  properties: {
    ...settledMonth,
    reasonCode: code,
  },
  examples: [
    {
      ...exampleMonth,
      reasonCode: 'DOCUMENT_FAULTY',
    },
  ],
} as const;
export type SettlementReturnedV1 = FromSchema<typeof settlementReturnedV1>;
