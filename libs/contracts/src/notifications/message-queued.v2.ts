import type { FromSchema } from 'json-schema-to-ts';
import { aboutMessage } from './about-message';

export const messageQueuedV2 = {
  $id: 'notifications.message.queued.v2',
  title: 'A message to a person has been queued',
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
export type MessageQueuedV2 = FromSchema<typeof messageQueuedV2>;
