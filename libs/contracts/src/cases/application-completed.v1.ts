import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const applicationCompletedV1 = {
  $id: 'cases.application.completed.v1',
  title: 'Everything that the application lacked has come',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'itemIds', 'completedOn'],
  properties: {
    personId: id,
    itemIds: { type: 'array', minItems: 1, maxItems: 200, items: id },
    completedOn: date,
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      itemIds: ['0197a000-0000-7000-8000-000000000005'],
      completedOn: '2026-03-10',
    },
  ],
} as const;
export type ApplicationCompletedV1 = FromSchema<typeof applicationCompletedV1>;
