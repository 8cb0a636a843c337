import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const decisionReviewedV1 = {
  $id: 'cases.decision.reviewed.v1',
  title: 'The centre has granted the whole appeal itself (KPA art. 132)',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'reviewedOn', 'authorisationId'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    reviewedOn: date,
    authorisationId: id,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      reviewedOn: '2026-03-02',
      authorisationId: '0197a000-0000-7000-8000-000000000013',
    },
  ],
} as const;
export type DecisionReviewedV1 = FromSchema<typeof decisionReviewedV1>;
