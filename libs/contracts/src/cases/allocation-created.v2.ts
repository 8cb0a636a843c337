import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

/** Of a service that is used singly, without a plan; the first version is told of those in a plan. */
export const allocationCreatedV2 = {
  $id: 'cases.allocation.created.v2',
  title: 'A service that needs no plan has been allocated',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'personId', 'offerId', 'from', 'to', 'quantity', 'unit'],
  properties: {
    applicationId: id,
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
      applicationId: '0197a000-0000-7000-8000-000000000004',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      from: '2026-03-02',
      to: '2026-03-02',
      quantity: 3,
      unit: 'HOUR',
    },
  ],
} as const;
export type AllocationCreatedV2 = FromSchema<typeof allocationCreatedV2>;
