import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const feeDecisionQuashedV1 = {
  $id: 'cases.fee.decision-quashed.v1',
  title: 'The appeal body has quashed the decision on an unpaid fee: what it was about is overdue as before',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'decisionId', 'ruledOn'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    decisionId: id,
    ruledOn: date,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      decisionId: '0197a000-0000-7000-8000-000000000014',
      ruledOn: '2026-03-02',
    },
  ],
} as const;
export type FeeDecisionQuashedV1 = FromSchema<typeof feeDecisionQuashedV1>;
