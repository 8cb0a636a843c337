import type { FromSchema } from 'json-schema-to-ts';
import { count, date, publicText } from '../properties';

export const programmeAdoptedV1 = {
  $id: 'catalogue.programme.adopted.v1',
  title: 'The council has adopted the programme by resolution (art. 4)',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['resolutionNumber', 'adoptedOn'],
  properties: {
    /** Edition; the first when absent. */
    programmeVersion: count,
    resolutionNumber: publicText,
    adoptedOn: date,
  },
  examples: [{ programmeVersion: 1, resolutionNumber: 'XXVIII/214/2021', adoptedOn: '2026-03-02' }],
} as const;
export type ProgrammeAdoptedV1 = FromSchema<typeof programmeAdoptedV1>;
