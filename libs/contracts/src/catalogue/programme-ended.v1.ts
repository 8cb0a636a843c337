import type { FromSchema } from 'json-schema-to-ts';
import { date } from '../properties';

export const programmeEndedV1 = {
  $id: 'catalogue.programme.ended.v1',
  title: 'The period of the programme is over (art. 6)',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['endedOn'],
  properties: {
    endedOn: date,
  },
  examples: [{ endedOn: '2026-03-02' }],
} as const;
export type ProgrammeEndedV1 = FromSchema<typeof programmeEndedV1>;
