import type { FromSchema } from 'json-schema-to-ts';
import { actor, id, slug } from '../properties';

export const consentEndedV1 = {
  $id: 'notifications.consent.ended.v1',
  title: 'A person no longer wants messages of a kind that nobody owes them',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'topic'],
  properties: {
    personId: id,
    topic: slug,
    /** Who of the staff recorded it; absent where the person did it by the link in a message. */
    by: actor,
  },
  examples: [{ personId: '0197a000-0000-7000-8000-000000000003', topic: 'satisfaction-survey', by: 'desk-anna' }],
} as const;
export type ConsentEndedV1 = FromSchema<typeof consentEndedV1>;
