import type { FromSchema } from 'json-schema-to-ts';
import { count } from '../properties';

export const printRunLapsedV1 = {
  $id: 'notifications.print-run.lapsed.v1',
  title: 'Nobody confirmed a print run in time: its letters wait again',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['letters'],
  properties: {
    letters: count,
  },
  examples: [
    {
      letters: 12,
    },
  ],
} as const;
export type PrintRunLapsedV1 = FromSchema<typeof printRunLapsedV1>;
