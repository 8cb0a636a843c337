import type { FromSchema } from 'json-schema-to-ts';
import { date, grosze, id } from '../properties';

export const feePaidV1 = {
  $id: 'cases.fee.paid.v1',
  title: 'A payment has been counted towards a fee (art. 43(1))',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'paymentId', 'bookedOn', 'grosze', 'result', 'openGrosze'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    paymentId: id,
    bookedOn: date,
    grosze,
    /** EXACT: it paid one or more instalments; PART: one is paid in part; OVER: something is left over. */
    result: { type: 'string', enum: ['EXACT', 'PART', 'OVER'], 'x-data-class': 'code' },
    /** Still to be paid of all instalments. */
    openGrosze: grosze,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      paymentId: '0197a000-0000-7000-8000-000000000016',
      bookedOn: '2026-03-02',
      grosze: 3000,
      result: 'EXACT',
      openGrosze: 0,
    },
  ],
} as const;
export type FeePaidV1 = FromSchema<typeof feePaidV1>;
