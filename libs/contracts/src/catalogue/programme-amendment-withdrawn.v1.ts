import type { FromSchema } from 'json-schema-to-ts';
import { count } from '../properties';

export const programmeAmendmentWithdrawnV1 = {
  $id: 'catalogue.programme.amendment-withdrawn.v1',
  title: 'The edition in preparation was given up',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['programmeVersion'],
  properties: {
    programmeVersion: count,
  },
  examples: [{ programmeVersion: 2 }],
} as const;
export type ProgrammeAmendmentWithdrawnV1 = FromSchema<typeof programmeAmendmentWithdrawnV1>;
