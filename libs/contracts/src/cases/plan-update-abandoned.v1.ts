import type { FromSchema } from 'json-schema-to-ts';
import { code, count, id } from '../properties';

export const planUpdateAbandonedV1 = {
  $id: 'cases.plan.update-abandoned.v1',
  title: 'The update will not come about; the plan in force goes on as it was',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'planVersion', 'reasonCode'],
  properties: {
    personId: id,
    planVersion: count,
    reasonCode: code,
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      planVersion: 2,
      reasonCode: 'NO_AGREEMENT',
    },
  ],
} as const;
export type PlanUpdateAbandonedV1 = FromSchema<typeof planUpdateAbandonedV1>;
