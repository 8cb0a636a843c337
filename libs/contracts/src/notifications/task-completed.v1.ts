import type { FromSchema } from 'json-schema-to-ts';
import { actor, id } from '../properties';

export const taskCompletedV1 = {
  $id: 'notifications.task.completed.v1',
  title: 'A member of staff has reached the recipient, or has tried to',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['causeId', 'personId', 'kind', 'outcome', 'completedBy'],
  properties: {
    causeId: id,
    personId: id,
    kind: { type: 'string', enum: ['REACH_PERSON'], 'x-data-class': 'code' },
    outcome: { type: 'string', enum: ['SPOKE', 'WROTE', 'NOT_REACHED'], 'x-data-class': 'code' },
    completedBy: actor,
  },
  examples: [
    {
      causeId: '0197a000-0000-7000-8000-000000000014',
      personId: '0197a000-0000-7000-8000-000000000003',
      kind: 'REACH_PERSON',
      outcome: 'SPOKE',
      completedBy: 'desk-anna',
    },
  ],
} as const;
export type TaskCompletedV1 = FromSchema<typeof taskCompletedV1>;
