import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const feeDecisionUpheldV1 = {
  $id: 'cases.fee.decision-upheld.v1',
  title: 'The appeal body has upheld the decision on an unpaid fee',
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
export type FeeDecisionUpheldV1 = FromSchema<typeof feeDecisionUpheldV1>;
