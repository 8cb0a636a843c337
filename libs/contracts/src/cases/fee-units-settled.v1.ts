import type { FromSchema } from 'json-schema-to-ts';
import { count, date, grosze, id } from '../properties';

export const feeUnitsSettledV1 = {
  $id: 'cases.fee.units-settled.v1',
  title: 'Delivered units of a period have been charged',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'chargeId', 'from', 'to', 'quantity', 'grosze', 'dueOn'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    chargeId: id,
    from: date,
    to: date,
    quantity: count,
    grosze,
    dueOn: date,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      chargeId: '0197a000-0000-7000-8000-000000000015',
      from: '2026-03-02',
      to: '2026-03-02',
      quantity: 3,
      grosze: 3600,
      dueOn: '2026-03-02',
    },
  ],
} as const;
export type FeeUnitsSettledV1 = FromSchema<typeof feeUnitsSettledV1>;
