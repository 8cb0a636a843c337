import type { FromSchema } from 'json-schema-to-ts';
import { count, date } from '../properties';

export const printRunConfirmedV1 = {
  $id: 'notifications.print-run.confirmed.v1',
  title: 'The letters of a print run were posted',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['letters', 'posted', 'postedOn'],
  properties: {
    letters: count,
    posted: count,
    postedOn: date,
  },
  examples: [
    {
      letters: 12,
      posted: 11,
      postedOn: '2026-03-04',
    },
  ],
} as const;
export type PrintRunConfirmedV1 = FromSchema<typeof printRunConfirmedV1>;
