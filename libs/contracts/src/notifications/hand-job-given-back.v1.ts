import type { FromSchema } from 'json-schema-to-ts';
import { code, id } from '../properties';

export const handJobGivenBackV1 = {
  $id: 'notifications.hand-job.given-back.v1',
  title: 'A message was not passed on by whoever had taken it, and waits again',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['messageId', 'personId', 'channel'],
  properties: {
    messageId: id,
    personId: id,
    channel: code,
  },
  examples: [
    {
      messageId: '0197a000-0000-7000-8000-000000000021',
      personId: '0197a000-0000-7000-8000-000000000003',
      channel: 'LETTER',
    },
  ],
} as const;
export type HandJobGivenBackV1 = FromSchema<typeof handJobGivenBackV1>;
