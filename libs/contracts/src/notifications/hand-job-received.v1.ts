import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const handJobReceivedV1 = {
  $id: 'notifications.hand-job.received.v1',
  title: 'A message that staff passed on was received, or counts as received',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['messageId', 'personId', 'channel', 'receivedOn', 'basis'],
  properties: {
    messageId: id,
    personId: id,
    channel: code,
    receivedOn: date,
    basis: code,
  },
  examples: [
    {
      messageId: '0197a000-0000-7000-8000-000000000021',
      personId: '0197a000-0000-7000-8000-000000000003',
      channel: 'LETTER',
      receivedOn: '2026-03-19',
      basis: 'FICTION',
    },
  ],
} as const;
export type HandJobReceivedV1 = FromSchema<typeof handJobReceivedV1>;
