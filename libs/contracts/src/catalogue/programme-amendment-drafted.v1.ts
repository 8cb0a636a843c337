import type { FromSchema } from 'json-schema-to-ts';
import { count, date } from '../properties';

export const programmeAmendmentDraftedV1 = {
  $id: 'catalogue.programme.amendment-drafted.v1',
  title: 'Another edition of the programme is in preparation',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['programmeVersion', 'validTo'],
  properties: {
    programmeVersion: count,
    validTo: date,
  },
  examples: [{ programmeVersion: 2, validTo: '2026-12-31' }],
} as const;
export type ProgrammeAmendmentDraftedV1 = FromSchema<typeof programmeAmendmentDraftedV1>;
