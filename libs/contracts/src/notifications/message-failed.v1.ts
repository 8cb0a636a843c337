import type { FromSchema } from 'json-schema-to-ts';
import { code, id, slug } from '../properties';

export const messageFailedV1 = {
  $id: 'notifications.message.failed.v1',
  title: 'A message could not be handed over for good',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['causeId', 'personId', 'template', 'channel', 'reasonCode'],
  properties: {
    causeId: id,
    personId: id,
    template: slug,
    channel: { type: 'string', enum: ['EMAIL'], 'x-data-class': 'code' },
    reasonCode: code,
  },
  examples: [
    {
      causeId: '0197a000-0000-7000-8000-000000000014',
      personId: '0197a000-0000-7000-8000-000000000003',
      template: 'teleopieka',
      channel: 'EMAIL',
      reasonCode: 'EXAMPLE',
    },
  ],
} as const;
export type MessageFailedV1 = FromSchema<typeof messageFailedV1>;
