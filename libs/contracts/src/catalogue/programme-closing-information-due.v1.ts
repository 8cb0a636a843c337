import type { FromSchema } from 'json-schema-to-ts';
import { date } from '../properties';

export const programmeClosingInformationDueV1 = {
  $id: 'catalogue.programme.closing-information-due.v1',
  title: 'The closing information of an ended programme is due soon (art. 6)',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['endedOn', 'dueOn'],
  properties: {
    endedOn: date,
    /** The last day of the term. */
    dueOn: date,
  },
  examples: [{ endedOn: '2026-03-02', dueOn: '2026-07-02' }],
} as const;
export type ProgrammeClosingInformationDueV1 = FromSchema<typeof programmeClosingInformationDueV1>;
