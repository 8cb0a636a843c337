import type { FromSchema } from 'json-schema-to-ts';
import { code, date, grosze } from '../properties';

export const paymentDismissedV1 = {
  $id: 'cases.payment.dismissed.v1',
  title: 'A payment that could not be matched is for no fee, and is looked for no longer',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['dismissedOn', 'grosze', 'reasonCode'],
  properties: {
    dismissedOn: date,
    grosze,
    reasonCode: code,
  },
  examples: [
    {
      dismissedOn: '2026-03-02',
      grosze: 3000,
      reasonCode: 'NOT_OURS',
    },
  ],
} as const;
export type PaymentDismissedV1 = FromSchema<typeof paymentDismissedV1>;
