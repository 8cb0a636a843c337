import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const feeDecisionDeliveredV1 = {
  $id: 'cases.fee.decision-delivered.v1',
  title: 'The decision on an unpaid fee has been delivered; the term for an appeal runs (art. 48)',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'decisionId', 'deliveredOn', 'appealUntil'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    decisionId: id,
    deliveredOn: date,
    appealUntil: date,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      decisionId: '0197a000-0000-7000-8000-000000000014',
      deliveredOn: '2026-03-02',
      appealUntil: '2026-03-02',
    },
  ],
} as const;
export type FeeDecisionDeliveredV1 = FromSchema<typeof feeDecisionDeliveredV1>;
