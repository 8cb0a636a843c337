import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const feeDecisionAppealHandedOverV1 = {
  $id: 'cases.fee.decision-appeal-handed-over.v1',
  title: 'The appeal against the decision on an unpaid fee has gone to the appeal body (KPA art. 133)',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'decisionId', 'handedOverOn'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    decisionId: id,
    handedOverOn: date,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      decisionId: '0197a000-0000-7000-8000-000000000014',
      handedOverOn: '2026-03-02',
    },
  ],
} as const;
export type FeeDecisionAppealHandedOverV1 = FromSchema<typeof feeDecisionAppealHandedOverV1>;
