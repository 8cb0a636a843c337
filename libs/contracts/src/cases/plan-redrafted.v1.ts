import type { FromSchema } from 'json-schema-to-ts';
import { count, id } from '../properties';

export const planRedraftedV1 = {
  $id: 'cases.plan.redrafted.v1',
  title: 'The draft of the plan has been revised by its drafter',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId'],
  properties: {
    personId: id,
    /** Which version is being drafted; an update of a plan in force is 2 or more. */
    planVersion: count,
  },
  examples: [{ personId: '0197a000-0000-7000-8000-000000000003' }],
} as const;
export type PlanRedraftedV1 = FromSchema<typeof planRedraftedV1>;
