import type { FromSchema } from 'json-schema-to-ts';
import { deadlineFacts } from './deadline-facts';

export const deadlineMissedV1 = {
  $id: 'cases.deadline.missed.v1',
  title: 'A term has passed without what it asks for',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  ...deadlineFacts,
} as const;
export type DeadlineMissedV1 = FromSchema<typeof deadlineMissedV1>;
