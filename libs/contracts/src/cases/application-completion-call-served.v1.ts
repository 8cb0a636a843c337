import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const applicationCompletionCallServedV1 = {
  $id: 'cases.application.completion-call-served.v1',
  title: 'The call for completion has been served, and its term runs',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'servedOn', 'dueOn'],
  properties: {
    personId: id,
    servedOn: date,
    /** The last day of the term. */
    dueOn: date,
  },
  examples: [{ personId: '0197a000-0000-7000-8000-000000000003', servedOn: '2026-03-05', dueOn: '2026-03-12' }],
} as const;
export type ApplicationCompletionCallServedV1 = FromSchema<typeof applicationCompletionCallServedV1>;
