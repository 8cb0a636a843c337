import type { FromSchema } from 'json-schema-to-ts';
import { count, id } from '../properties';

export const decisionIssuedV1 = {
  $id: 'cases.decision.issued.v1',
  title: 'An administrative decision has been issued (art. 42(3), 48)',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'kind', 'authorisationId', 'appealDays'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    kind: { type: 'string', enum: ['REFUSAL', 'PART_REFUSAL'], 'x-data-class': 'code' },
    authorisationId: id,
    appealDays: count,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      kind: 'REFUSAL',
      authorisationId: '0197a000-0000-7000-8000-000000000013',
      appealDays: 3,
    },
  ],
} as const;
export type DecisionIssuedV1 = FromSchema<typeof decisionIssuedV1>;
