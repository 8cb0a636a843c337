import type { FromSchema } from 'json-schema-to-ts';
import { aboutMessage } from './about-message';

export const messageInHandsV1 = {
  $id: 'notifications.message.in-hands.v1',
  title: 'A message waits for the staff to carry it',
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
      template: 'plan-approved',
      audience: 'PERSON',
      standing: 'LEGAL',
      channel: 'LETTER',
    },
  ],
} as const;
export type MessageInHandsV1 = FromSchema<typeof messageInHandsV1>;
