import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const planSubmittedForApprovalV1 = {
  $id: 'cases.plan.submitted-for-approval.v1',
  title: 'The agreed plan awaits approval',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId'],
  properties: {
    personId: id,
  },
  examples: [{ personId: '0197a000-0000-7000-8000-000000000003' }],
} as const;
export type PlanSubmittedForApprovalV1 = FromSchema<typeof planSubmittedForApprovalV1>;
