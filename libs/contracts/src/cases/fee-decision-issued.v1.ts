import type { FromSchema } from 'json-schema-to-ts';
import { count, grosze, id } from '../properties';

export const feeDecisionIssuedV1 = {
  $id: 'cases.fee.decision-issued.v1',
  title: 'A decision on an unpaid fee has been issued (art. 43(2))',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'decisionId', 'authorisationId', 'grosze', 'appealDays'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    decisionId: id,
    authorisationId: id,
    grosze,
    appealDays: count,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      decisionId: '0197a000-0000-7000-8000-000000000014',
      authorisationId: '0197a000-0000-7000-8000-000000000013',
      grosze: 3000,
      appealDays: 3,
    },
  ],
} as const;
export type FeeDecisionIssuedV1 = FromSchema<typeof feeDecisionIssuedV1>;
