import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const visitSchedulePlannedV1 = {
  $id: 'providers.visit-schedule.planned.v1',
  title: 'Visits of an order are planned anew from a day on',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['orderId', 'allocationId', 'providerId', 'from', 'visits'],
  properties: {
    orderId: id,
    allocationId: id,
    providerId: id,
    from: date,
    visits: count,
  },
  examples: [
    {
      orderId: '0197a000-0000-7000-8000-000000000009',
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      from: '2026-03-02',
      visits: 24,
    },
  ],
} as const;
export type VisitSchedulePlannedV1 = FromSchema<typeof visitSchedulePlannedV1>;
