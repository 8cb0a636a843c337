import type { FromSchema } from 'json-schema-to-ts';
import { id, slug } from '../properties';

export const messageQueuedV1 = {
  $id: 'notifications.message.queued.v1',
  title: 'A message to a person has been queued',
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
export type MessageQueuedV1 = FromSchema<typeof messageQueuedV1>;
