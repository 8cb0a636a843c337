import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const allocationCreatedV1 = {
  $id: 'cases.allocation.created.v1',
  title: 'A service of an approved plan has been allocated',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['planId', 'personId', 'offerId', 'from', 'to', 'quantity', 'unit'],
  properties: {
    planId: id,
    personId: id,
    offerId: id,
    from: date,
    to: date,
    quantity: count,
    unit: {
      type: 'string',
      enum: ['HOUR', 'RIDE', 'DAY', 'PLACE', 'VISIT', 'ITEM', 'FLAT_SUM'],
      'x-data-class': 'code',
    },
  },
  examples: [
    {
      planId: '0197a000-0000-7000-8000-000000000007',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      from: '2026-03-02',
      to: '2026-03-02',
      quantity: 3,
      unit: 'HOUR',
    },
  ],
} as const;
export type AllocationCreatedV1 = FromSchema<typeof allocationCreatedV1>;
