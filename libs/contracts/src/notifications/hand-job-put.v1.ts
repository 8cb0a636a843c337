import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const handJobPutV1 = {
  $id: 'notifications.hand-job.put.v1',
  title: 'A message waits for somebody of the staff to pass it on',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['messageId', 'personId', 'channel', 'dueOn'],
  properties: {
    messageId: id,
    personId: id,
    channel: code,
    dueOn: date,
  },
  examples: [
    {
      messageId: '0197a000-0000-7000-8000-000000000021',
      personId: '0197a000-0000-7000-8000-000000000003',
      channel: 'LETTER',
      dueOn: '2026-03-06',
    },
  ],
} as const;
export type HandJobPutV1 = FromSchema<typeof handJobPutV1>;
