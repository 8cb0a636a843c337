import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const decisionQuashedV1 = {
  $id: 'cases.decision.quashed.v1',
  title: 'The appeal body has quashed the decision; the matter is decided anew',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'ruledOn'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    ruledOn: date,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      ruledOn: '2026-03-02',
    },
  ],
} as const;
export type DecisionQuashedV1 = FromSchema<typeof decisionQuashedV1>;
