import type { FromSchema } from 'json-schema-to-ts';
import { date, publicText } from '../properties';

export const programmePublishedV1 = {
  $id: 'catalogue.programme.published.v1',
  title: 'The programme has been published in the voivodeship journal',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['journalReference', 'publishedOn'],
  properties: {
    journalReference: publicText,
    publishedOn: date,
  },
  examples: [{ journalReference: 'XXVIII/214/2021', publishedOn: '2026-03-02' }],
} as const;
export type ProgrammePublishedV1 = FromSchema<typeof programmePublishedV1>;
