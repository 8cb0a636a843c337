import type { FromSchema } from 'json-schema-to-ts';
import { count, date } from '../properties';

export const programmeAmendedV1 = {
  $id: 'catalogue.programme.amended.v1',
  title: 'Another edition of the programme is in force; cases keep the one they were qualified under',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['programmeVersion', 'inForceFrom'],
  properties: {
    programmeVersion: count,
    inForceFrom: date,
  },
  examples: [{ programmeVersion: 2, inForceFrom: '2026-03-16' }],
} as const;
export type ProgrammeAmendedV1 = FromSchema<typeof programmeAmendedV1>;
