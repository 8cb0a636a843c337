import type { FromSchema } from 'json-schema-to-ts';
import { date, grosze, id } from '../properties';

export const feeRevisedV1 = {
  $id: 'cases.fee.revised.v1',
  title: 'A fee has another amount or end from a day on; what differs has been charged or credited',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'from', 'to', 'grosze', 'chargedGrosze', 'creditedGrosze'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    from: date,
    to: date,
    /** Of one period or unit, from that day on. */
    grosze,
    chargedGrosze: grosze,
    creditedGrosze: grosze,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      from: '2026-03-02',
      to: '2026-03-02',
      grosze: 2000,
      chargedGrosze: 0,
      creditedGrosze: 1000,
    },
  ],
} as const;
export type FeeRevisedV1 = FromSchema<typeof feeRevisedV1>;
