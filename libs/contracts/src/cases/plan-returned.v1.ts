import type { FromSchema } from 'json-schema-to-ts';
import { code, count, id } from '../properties';

export const planReturnedV1 = {
  $id: 'cases.plan.returned.v1',
  title: 'The plan has been returned to its drafter',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'reasonCode'],
  properties: {
    personId: id,
    /** Which version is being drafted; an update of a plan in force is 2 or more. */
    planVersion: count,
    reasonCode: code,
  },
  examples: [{ personId: '0197a000-0000-7000-8000-000000000003', reasonCode: 'EXAMPLE' }],
} as const;
export type PlanReturnedV1 = FromSchema<typeof planReturnedV1>;
