import type { FromSchema } from 'json-schema-to-ts';
import { count } from '../properties';
import { digest, exampleDigest, exampleMonth, settledMonth, signed } from './settled-month';

export const settlementComputedV1 = {
  $id: 'providers.settlement.computed.v1',
  title: 'The lines of a settlement have been computed',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['agreementId', 'providerId', 'month', 'lines', 'grosze', 'digest'],
  properties: {
    ...settledMonth,
    lines: count,
    grosze: signed,
    digest,
  },
  examples: [
    {
      ...exampleMonth,
      lines: 3,
      grosze: 54000,
      digest: exampleDigest,
    },
  ],
} as const;
export type SettlementComputedV1 = FromSchema<typeof settlementComputedV1>;
