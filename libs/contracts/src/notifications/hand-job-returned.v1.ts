import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const handJobReturnedV1 = {
  $id: 'notifications.hand-job.returned.v1',
  title: 'A message that staff passed on has come back, or nobody came for it',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['messageId', 'personId', 'channel', 'returnedOn', 'reasonCode'],
  properties: {
    messageId: id,
    personId: id,
    channel: code,
    returnedOn: date,
    reasonCode: code,
  },
  examples: [
    {
      messageId: '0197a000-0000-7000-8000-000000000021',
      personId: '0197a000-0000-7000-8000-000000000003',
      channel: 'LETTER',
      returnedOn: '2026-03-20',
      reasonCode: 'MOVED',
    },
  ],
} as const;
export type HandJobReturnedV1 = FromSchema<typeof handJobReturnedV1>;
