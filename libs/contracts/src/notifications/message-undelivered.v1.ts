import type { FromSchema } from 'json-schema-to-ts';
import { code } from '../properties';
import { aboutMessage } from './about-message';

export const messageUndeliveredV1 = {
  $id: 'notifications.message.undelivered.v1',
  title: 'A message could not go by a channel, or came back from it; the next one takes it, if there is one',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['causeId', 'personId', 'template', 'audience', 'standing', 'channel', 'code'],
  properties: {
    ...aboutMessage,
    code,
    nextChannel: code,
  },
  examples: [
    {
      causeId: '0197a000-0000-7000-8000-000000000014',
      personId: '0197a000-0000-7000-8000-000000000003',
      template: 'plan-approved',
      audience: 'PERSON',
      standing: 'INFORMATIVE',
      channel: 'EMAIL',
      code: 'SMTP_5_1_1',
      nextChannel: 'LETTER',
    },
  ],
} as const;
export type MessageUndeliveredV1 = FromSchema<typeof messageUndeliveredV1>;
