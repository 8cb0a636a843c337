import type { FromSchema } from 'json-schema-to-ts';
import { code, date, grosze, id } from '../properties';

export const feeRefundedV1 = {
  $id: 'cases.fee.refunded.v1',
  title: 'A surplus has been given back',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'refundId', 'refundedOn', 'grosze', 'reasonCode', 'surplusGrosze'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    refundId: id,
    refundedOn: date,
    grosze,
    reasonCode: code,
    /** Still left over. */
    surplusGrosze: grosze,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      refundId: '0197a000-0000-7000-8000-000000000016',
      refundedOn: '2026-03-02',
      grosze: 3000,
      reasonCode: 'OVERPAID',
      surplusGrosze: 0,
    },
  ],
} as const;
export type FeeRefundedV1 = FromSchema<typeof feeRefundedV1>;
