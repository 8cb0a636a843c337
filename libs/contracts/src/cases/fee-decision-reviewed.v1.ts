import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const feeDecisionReviewedV1 = {
  $id: 'cases.fee.decision-reviewed.v1',
  title: 'The centre has granted the appeal itself: the decision on an unpaid fee stands no longer (KPA art. 132)',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'decisionId', 'reviewedOn', 'authorisationId'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    decisionId: id,
    reviewedOn: date,
    authorisationId: id,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      decisionId: '0197a000-0000-7000-8000-000000000014',
      reviewedOn: '2026-03-02',
      authorisationId: '0197a000-0000-7000-8000-000000000013',
    },
  ],
} as const;
export type FeeDecisionReviewedV1 = FromSchema<typeof feeDecisionReviewedV1>;
