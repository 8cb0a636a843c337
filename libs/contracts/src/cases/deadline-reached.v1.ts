import type { FromSchema } from 'json-schema-to-ts';
import { deadlineFacts } from './deadline-facts';

export const deadlineReachedV1 = {
  $id: 'cases.deadline.reached.v1',
  title: 'The last day of a term has come, and what it asks for is not done yet',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  ...deadlineFacts,
} as const;
export type DeadlineReachedV1 = FromSchema<typeof deadlineReachedV1>;
