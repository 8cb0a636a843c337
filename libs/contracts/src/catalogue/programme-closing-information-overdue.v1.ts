import type { FromSchema } from 'json-schema-to-ts';
import { date } from '../properties';

export const programmeClosingInformationOverdueV1 = {
  $id: 'catalogue.programme.closing-information-overdue.v1',
  title: 'The term for the closing information has passed without it (art. 6)',
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
export type ProgrammeClosingInformationOverdueV1 = FromSchema<typeof programmeClosingInformationOverdueV1>;
