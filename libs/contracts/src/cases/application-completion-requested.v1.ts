import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const applicationCompletionRequestedV1 = {
  $id: 'cases.application.completion-requested.v1',
  title: 'The applicant has been called to make good what the application lacks (KPA art. 64 § 2)',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'itemIds', 'calledOn', 'dueDays'],
  properties: {
    personId: id,
    /** Services that are looked at no further until then. What is missing is not told: it could tell of health. */
    itemIds: { type: 'array', minItems: 1, maxItems: 200, items: id },
    calledOn: date,
    /** Days that the applicant has from the service of the call. */
    dueDays: count,
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      itemIds: ['0197a000-0000-7000-8000-000000000005'],
      calledOn: '2026-03-02',
      dueDays: 7,
    },
  ],
} as const;
export type ApplicationCompletionRequestedV1 = FromSchema<typeof applicationCompletionRequestedV1>;
