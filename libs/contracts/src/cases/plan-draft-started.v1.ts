import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const planDraftStartedV1 = {
  $id: 'cases.plan.draft-started.v1',
  title: 'Drafting of an individual plan (IPUS) has begun (art. 38)',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'applicationId', 'draftDueOn'],
  properties: {
    personId: id,
    applicationId: id,
    draftDueOn: date,
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      applicationId: '0197a000-0000-7000-8000-000000000006',
      draftDueOn: '2026-03-02',
    },
  ],
} as const;
export type PlanDraftStartedV1 = FromSchema<typeof planDraftStartedV1>;
