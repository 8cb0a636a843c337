import type { FromSchema } from 'json-schema-to-ts';
import { count, date, publicText } from '../properties';

export const programmePublishedV1 = {
  $id: 'catalogue.programme.published.v1',
  title: 'The programme has been published in the voivodeship journal',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['journalReference', 'publishedOn'],
  properties: {
    /** Edition; the first when absent. */
    programmeVersion: count,
    journalReference: publicText,
    publishedOn: date,
    inForceFrom: date,
  },
  examples: [
    {
      programmeVersion: 1,
      journalReference: 'Dz. Urz. Woj. Warm.-Maz. 2026 poz. 1234',
      publishedOn: '2026-03-02',
      inForceFrom: '2026-03-16',
    },
  ],
} as const;
export type ProgrammePublishedV1 = FromSchema<typeof programmePublishedV1>;
