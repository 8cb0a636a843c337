import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const planApprovedV1 = {
  $id: 'cases.plan.approved.v1',
  title: 'The plan has been approved by another authorised person (art. 41(1))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'authorisationId', 'approvedOn'],
  properties: {
    personId: id,
    authorisationId: id,
    approvedOn: date,
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      authorisationId: '0197a000-0000-7000-8000-000000000013',
      approvedOn: '2026-03-02',
    },
  ],
} as const;
export type PlanApprovedV1 = FromSchema<typeof planApprovedV1>;
