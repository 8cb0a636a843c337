import type { FromSchema } from 'json-schema-to-ts';
import { actor, code, id } from '../properties';

export const handJobTakenV1 = {
  $id: 'notifications.hand-job.taken.v1',
  title: 'A member of staff is about to pass a message on',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['messageId', 'personId', 'channel', 'takenBy'],
  properties: {
    messageId: id,
    personId: id,
    channel: code,
    takenBy: actor,
  },
  examples: [
    {
      messageId: '0197a000-0000-7000-8000-000000000021',
      personId: '0197a000-0000-7000-8000-000000000003',
      channel: 'LETTER',
      takenBy: 'desk-anna',
    },
  ],
} as const;
export type HandJobTakenV1 = FromSchema<typeof handJobTakenV1>;
