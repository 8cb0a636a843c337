import type { FromSchema } from 'json-schema-to-ts';
import { count, date } from '../properties';

export const programmeConsultedV1 = {
  $id: 'catalogue.programme.consulted.v1',
  title: 'The draft programme has been consulted with the community',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['from', 'to'],
  properties: {
    /** Edition; the first when absent. */
    programmeVersion: count,
    from: date,
    to: date,
  },
  examples: [{ programmeVersion: 1, from: '2026-03-02', to: '2026-03-02' }],
} as const;
export type ProgrammeConsultedV1 = FromSchema<typeof programmeConsultedV1>;
