import type { FromSchema } from 'json-schema-to-ts';
import { code } from '../properties';
import { aboutMessage } from './about-message';

export const messageFailedV2 = {
  $id: 'notifications.message.failed.v2',
  title: 'A message could not be handed over for good',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['causeId', 'personId', 'template', 'audience', 'standing', 'channel', 'reasonCode'],
  properties: {
    ...aboutMessage,
    reasonCode: code,
  },
  examples: [
    {
      causeId: '0197a000-0000-7000-8000-000000000014',
      personId: '0197a000-0000-7000-8000-000000000003',
      template: 'teleopieka',
      audience: 'PERSON',
      standing: 'LEGAL',
      channel: 'SMS',
      reasonCode: 'EXAMPLE',
    },
  ],
} as const;
export type MessageFailedV2 = FromSchema<typeof messageFailedV2>;
