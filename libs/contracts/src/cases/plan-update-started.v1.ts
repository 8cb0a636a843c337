import type { FromSchema } from 'json-schema-to-ts';
import { count, id } from '../properties';

export const planUpdateStartedV1 = {
  $id: 'cases.plan.update-started.v1',
  title: 'An update of the plan is being drafted; the plan in force stays in force (art. 41(2))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'planVersion'],
  properties: {
    personId: id,
    /** The version that it becomes once approved. */
    planVersion: count,
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      planVersion: 2,
    },
  ],
} as const;
export type PlanUpdateStartedV1 = FromSchema<typeof planUpdateStartedV1>;
