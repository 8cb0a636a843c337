import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const decisionAppealHandedOverV1 = {
  $id: 'cases.decision.appeal-handed-over.v1',
  title: 'The appeal has gone to the appeal body with the files (KPA art. 133)',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'handedOverOn'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    handedOverOn: date,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      handedOverOn: '2026-03-02',
    },
  ],
} as const;
export type DecisionAppealHandedOverV1 = FromSchema<typeof decisionAppealHandedOverV1>;
