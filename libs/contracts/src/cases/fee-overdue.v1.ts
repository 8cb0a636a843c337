import type { FromSchema } from 'json-schema-to-ts';
import { date, grosze, id } from '../properties';

export const feeOverdueV1 = {
  $id: 'cases.fee.overdue.v1',
  title: 'An instalment was not paid, or not all of it, by its day (art. 43(2))',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'chargeId', 'dueOn', 'openGrosze'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    chargeId: id,
    dueOn: date,
    openGrosze: grosze,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      chargeId: '0197a000-0000-7000-8000-000000000015',
      dueOn: '2026-03-02',
      openGrosze: 3000,
    },
  ],
} as const;
export type FeeOverdueV1 = FromSchema<typeof feeOverdueV1>;
