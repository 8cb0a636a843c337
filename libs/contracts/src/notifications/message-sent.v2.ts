import type { FromSchema } from 'json-schema-to-ts';
import { aboutMessage } from './about-message';

export const messageSentV2 = {
  $id: 'notifications.message.sent.v2',
  title: 'A message has been handed to its channel',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['causeId', 'personId', 'template', 'audience', 'standing', 'channel'],
  properties: {
    ...aboutMessage,
  },
  examples: [
    {
      causeId: '0197a000-0000-7000-8000-000000000014',
      personId: '0197a000-0000-7000-8000-000000000003',
      template: 'teleopieka',
      audience: 'PERSON',
      standing: 'LEGAL',
      channel: 'SMS',
    },
  ],
} as const;
export type MessageSentV2 = FromSchema<typeof messageSentV2>;
