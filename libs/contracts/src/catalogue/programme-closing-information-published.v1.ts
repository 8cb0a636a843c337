import type { FromSchema } from 'json-schema-to-ts';
import { date } from '../properties';

export const programmeClosingInformationPublishedV1 = {
  $id: 'catalogue.programme.closing-information-published.v1',
  title: 'The closing information of the programme is fixed and public (art. 6)',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['endedOn', 'dueOn', 'publishedOn'],
  properties: {
    endedOn: date,
    /** The last day of the term. */
    dueOn: date,
    publishedOn: date,
  },
  examples: [{ endedOn: '2026-03-02', dueOn: '2026-07-02', publishedOn: '2026-06-15' }],
} as const;
export type ProgrammeClosingInformationPublishedV1 = FromSchema<typeof programmeClosingInformationPublishedV1>;
