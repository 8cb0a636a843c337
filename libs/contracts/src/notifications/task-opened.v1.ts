import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const taskOpenedV1 = {
  $id: 'notifications.task.opened.v1',
  title: 'No channel works: a person must reach the recipient',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['causeId', 'personId', 'kind'],
  properties: {
    causeId: id,
    personId: id,
    kind: { type: 'string', enum: ['REACH_PERSON'], 'x-data-class': 'code' },
  },
  examples: [
    {
      causeId: '0197a000-0000-7000-8000-000000000014',
      personId: '0197a000-0000-7000-8000-000000000003',
      kind: 'REACH_PERSON',
    },
  ],
} as const;
export type TaskOpenedV1 = FromSchema<typeof taskOpenedV1>;
