import type { FromSchema } from 'json-schema-to-ts';
import { actor, code, id } from '../properties';

export const planCoordinatorReassignedV1 = {
  $id: 'cases.plan.coordinator-reassigned.v1',
  title: 'Another coordinator sees to the plan from now on',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'from', 'to', 'reasonCode'],
  properties: {
    personId: id,
    from: actor,
    to: actor,
    reasonCode: code,
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      from: 'kipus-1',
      to: 'kipus-2',
      reasonCode: 'LEAVE',
    },
  ],
} as const;
export type PlanCoordinatorReassignedV1 = FromSchema<typeof planCoordinatorReassignedV1>;
