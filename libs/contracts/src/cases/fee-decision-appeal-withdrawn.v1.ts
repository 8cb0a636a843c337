import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const feeDecisionAppealWithdrawnV1 = {
  $id: 'cases.fee.decision-appeal-withdrawn.v1',
  title: 'The appeal against the decision on an unpaid fee has been withdrawn',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'decisionId', 'withdrawnOn'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    decisionId: id,
    withdrawnOn: date,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      decisionId: '0197a000-0000-7000-8000-000000000014',
      withdrawnOn: '2026-03-02',
    },
  ],
} as const;
export type FeeDecisionAppealWithdrawnV1 = FromSchema<typeof feeDecisionAppealWithdrawnV1>;
