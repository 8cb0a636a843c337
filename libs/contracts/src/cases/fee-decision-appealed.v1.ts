import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const feeDecisionAppealedV1 = {
  $id: 'cases.fee.decision-appealed.v1',
  title: 'An appeal against the decision on an unpaid fee has been filed (art. 48; KPA art. 127)',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'decisionId', 'filedOn', 'inTime'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    decisionId: id,
    filedOn: date,
    /** Filed within the term of appeal; whether a late one is heard is for the appeal body to say (KPA art. 134). */
    inTime: { type: 'boolean', 'x-data-class': 'code' },
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      decisionId: '0197a000-0000-7000-8000-000000000014',
      filedOn: '2026-03-02',
      inTime: true,
    },
  ],
} as const;
export type FeeDecisionAppealedV1 = FromSchema<typeof feeDecisionAppealedV1>;
