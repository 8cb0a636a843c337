import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const applicationForwardingSentV1 = {
  $id: 'cases.application.forwarding-sent.v1',
  title: 'The papers of forwarded services have gone to where they were forwarded',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'itemIds', 'sentOn'],
  properties: {
    personId: id,
    itemIds: { type: 'array', minItems: 1, maxItems: 200, items: id },
    sentOn: date,
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      itemIds: ['0197a000-0000-7000-8000-000000000005'],
      sentOn: '2026-03-04',
    },
  ],
} as const;
export type ApplicationForwardingSentV1 = FromSchema<typeof applicationForwardingSentV1>;
