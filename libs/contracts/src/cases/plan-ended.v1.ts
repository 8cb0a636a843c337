import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const planEndedV1 = {
  $id: 'cases.plan.ended.v1',
  title: 'The plan has ended',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'endedOn', 'reason'],
  properties: {
    personId: id,
    endedOn: date,
    reason: {
      type: 'string',
      enum: ['PERIOD_OVER', 'ITEMS_CLOSED', 'RESIGNATION', 'DEATH', 'LEFT_GMINA'],
      'x-data-class': 'code',
    },
  },
  examples: [{ personId: '0197a000-0000-7000-8000-000000000003', endedOn: '2026-03-02', reason: 'PERIOD_OVER' }],
} as const;
export type PlanEndedV1 = FromSchema<typeof planEndedV1>;
