import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const planActivatedV1 = {
  $id: 'cases.plan.activated.v1',
  title: 'The first service of the plan has started, or its period has begun',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'activatedOn'],
  properties: {
    personId: id,
    activatedOn: date,
  },
  examples: [{ personId: '0197a000-0000-7000-8000-000000000003', activatedOn: '2026-03-02' }],
} as const;
export type PlanActivatedV1 = FromSchema<typeof planActivatedV1>;
