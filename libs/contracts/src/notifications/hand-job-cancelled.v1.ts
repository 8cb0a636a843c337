import type { FromSchema } from 'json-schema-to-ts';
import { code, id } from '../properties';

export const handJobCancelledV1 = {
  $id: 'notifications.hand-job.cancelled.v1',
  title: 'Nobody needs to pass the message on any more',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['messageId', 'personId', 'channel', 'reasonCode'],
  properties: {
    messageId: id,
    personId: id,
    channel: code,
    reasonCode: code,
  },
  examples: [
    {
      messageId: '0197a000-0000-7000-8000-000000000021',
      personId: '0197a000-0000-7000-8000-000000000003',
      channel: 'LETTER',
      reasonCode: 'MOVED',
    },
  ],
} as const;
export type HandJobCancelledV1 = FromSchema<typeof handJobCancelledV1>;
