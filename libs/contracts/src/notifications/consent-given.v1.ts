import type { FromSchema } from 'json-schema-to-ts';
import { actor, code, id, slug } from '../properties';

export const consentGivenV1 = {
  $id: 'notifications.consent.given.v1',
  title: 'A person wants messages of a kind that nobody owes them',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'topic', 'channel', 'by'],
  properties: {
    personId: id,
    topic: slug,
    /** How the person said so. */
    channel: code,
    by: actor,
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      topic: 'satisfaction-survey',
      channel: 'AT_THE_DESK',
      by: 'desk-anna',
    },
  ],
} as const;
export type ConsentGivenV1 = FromSchema<typeof consentGivenV1>;
