import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const planMonitoringRecordedV1 = {
  $id: 'cases.plan.monitoring-recorded.v1',
  title: 'The coordinator has seen how the plan goes (art. 45(1))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'heldOn', 'manner', 'outcome'],
  properties: {
    personId: id,
    heldOn: date,
    manner: {
      type: 'string',
      enum: ['VISIT', 'AT_CENTRE', 'PHONE', 'REMOTE', 'THROUGH_PROVIDER'],
      'x-data-class': 'code',
    },
    outcome: code,
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      heldOn: '2026-03-02',
      manner: 'VISIT',
      outcome: 'AS_PLANNED',
    },
  ],
} as const;
export type PlanMonitoringRecordedV1 = FromSchema<typeof planMonitoringRecordedV1>;
