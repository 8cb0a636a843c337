import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const decisionAppealedV1 = {
  $id: 'cases.decision.appealed.v1',
  title: 'An appeal against a decision has been filed (KPA art. 127)',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'filedOn', 'inTime'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    filedOn: date,
    /** Filed within the term of appeal; whether a late one is heard is for the appeal body to say (KPA art. 134). */
    inTime: { type: 'boolean', 'x-data-class': 'code' },
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      filedOn: '2026-03-02',
      inTime: true,
    },
  ],
} as const;
export type DecisionAppealedV1 = FromSchema<typeof decisionAppealedV1>;
