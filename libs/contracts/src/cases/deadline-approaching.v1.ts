import type { FromSchema } from 'json-schema-to-ts';
import { deadlineFacts } from './deadline-facts';

export const deadlineApproachingV1 = {
  $id: 'cases.deadline.approaching.v1',
  title: 'What has to be done by a day is not done yet, and the day is near',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  ...deadlineFacts,
} as const;
export type DeadlineApproachingV1 = FromSchema<typeof deadlineApproachingV1>;
