import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const handJobDoneV1 = {
  $id: 'notifications.hand-job.done.v1',
  title: 'A member of staff has posted, sent or handed out a message',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['messageId', 'personId', 'channel', 'dispatchedOn'],
  properties: {
    messageId: id,
    personId: id,
    channel: code,
    dispatchedOn: date,
  },
  examples: [
    {
      messageId: '0197a000-0000-7000-8000-000000000021',
      personId: '0197a000-0000-7000-8000-000000000003',
      channel: 'LETTER',
      dispatchedOn: '2026-03-04',
    },
  ],
} as const;
export type HandJobDoneV1 = FromSchema<typeof handJobDoneV1>;
