import type { FromSchema } from 'json-schema-to-ts';
import { code, date } from '../properties';
import { aboutMessage } from './about-message';

export const messageReceivedV1 = {
  $id: 'notifications.message.received.v1',
  title: 'A message has been received, or counts as received; whether a term begins is for the law of its channel',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['causeId', 'personId', 'template', 'audience', 'standing', 'channel', 'receivedOn', 'basis'],
  properties: {
    ...aboutMessage,
    receivedOn: date,
    /** RECEIPT: somebody or a system confirmed it. FICTION: the law counts it as received. */
    basis: code,
  },
  examples: [
    {
      causeId: '0197a000-0000-7000-8000-000000000014',
      personId: '0197a000-0000-7000-8000-000000000003',
      template: 'plan-approved',
      audience: 'PERSON',
      standing: 'LEGAL',
      channel: 'LETTER',
      receivedOn: '2026-03-16',
      basis: 'RECEIPT',
    },
  ],
} as const;
export type MessageReceivedV1 = FromSchema<typeof messageReceivedV1>;
