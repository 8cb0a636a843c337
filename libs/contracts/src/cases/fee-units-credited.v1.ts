import type { FromSchema } from 'json-schema-to-ts';
import { date, grosze, id } from '../properties';

export const feeUnitsCreditedV1 = {
  $id: 'cases.fee.units-credited.v1',
  title: 'Of what was charged for delivered units, some is taken back: they count no more',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'chargeId', 'from', 'to', 'grosze'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    chargeId: id,
    from: date,
    to: date,
    grosze,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      chargeId: '0197a000-0000-7000-8000-000000000015',
      from: '2026-03-02',
      to: '2026-03-02',
      grosze: 3600,
    },
  ],
} as const;
export type FeeUnitsCreditedV1 = FromSchema<typeof feeUnitsCreditedV1>;
