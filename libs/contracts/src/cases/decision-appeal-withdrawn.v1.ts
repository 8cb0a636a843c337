import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const decisionAppealWithdrawnV1 = {
  $id: 'cases.decision.appeal-withdrawn.v1',
  title: 'The appeal has been withdrawn (KPA art. 137); the decision stands',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'withdrawnOn'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    withdrawnOn: date,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      withdrawnOn: '2026-03-02',
    },
  ],
} as const;
export type DecisionAppealWithdrawnV1 = FromSchema<typeof decisionAppealWithdrawnV1>;
