import type { FromSchema } from 'json-schema-to-ts';
import { actor, count, date, id } from '../properties';

export const taskPostponedV1 = {
  $id: 'notifications.task.postponed.v1',
  title: 'A member of staff has tried in vain to reach the recipient, who is to be tried again',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['causeId', 'personId', 'kind', 'tries', 'dueOn', 'by'],
  properties: {
    causeId: id,
    personId: id,
    kind: { type: 'string', enum: ['REACH_PERSON'], 'x-data-class': 'code' },
    tries: count,
    dueOn: date,
    by: actor,
  },
  examples: [
    {
      causeId: '0197a000-0000-7000-8000-000000000014',
      personId: '0197a000-0000-7000-8000-000000000003',
      kind: 'REACH_PERSON',
      tries: 1,
      dueOn: '2026-03-06',
      by: 'desk-anna',
    },
  ],
} as const;
export type TaskPostponedV1 = FromSchema<typeof taskPostponedV1>;
