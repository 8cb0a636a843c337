import type { FromSchema } from 'json-schema-to-ts';
import { id, slug } from '../properties';

export const messageSentV1 = {
  $id: 'notifications.message.sent.v1',
  title: 'A message has been handed to its channel',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['causeId', 'personId', 'template', 'channel'],
  properties: {
    causeId: id,
    personId: id,
    template: slug,
    channel: { type: 'string', enum: ['EMAIL'], 'x-data-class': 'code' },
  },
  examples: [
    {
      causeId: '0197a000-0000-7000-8000-000000000014',
      personId: '0197a000-0000-7000-8000-000000000003',
      template: 'teleopieka',
      channel: 'EMAIL',
    },
  ],
} as const;
export type MessageSentV1 = FromSchema<typeof messageSentV1>;
