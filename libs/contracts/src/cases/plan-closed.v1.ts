import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const planClosedV1 = {
  $id: 'cases.plan.closed.v1',
  title: 'The description of course and results is on file (art. 45(3))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'closedOn'],
  properties: {
    personId: id,
    closedOn: date,
  },
  examples: [{ personId: '0197a000-0000-7000-8000-000000000003', closedOn: '2026-03-02' }],
} as const;
export type PlanClosedV1 = FromSchema<typeof planClosedV1>;
