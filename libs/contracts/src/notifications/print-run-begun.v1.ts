import type { FromSchema } from 'json-schema-to-ts';
import { actor, count } from '../properties';

export const printRunBegunV1 = {
  $id: 'notifications.print-run.begun.v1',
  title: 'Letters were taken to be printed together',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['letters', 'takenBy'],
  properties: {
    letters: count,
    takenBy: actor,
  },
  examples: [
    {
      letters: 12,
      takenBy: 'desk-anna',
    },
  ],
} as const;
export type PrintRunBegunV1 = FromSchema<typeof printRunBegunV1>;
