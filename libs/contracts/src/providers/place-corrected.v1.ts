import type { FromSchema } from 'json-schema-to-ts';
import { code, id, terc } from '../properties';

export const placeCorrectedV1 = {
  $id: 'providers.place.corrected.v1',
  title: 'What is known of a place has been corrected',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'accessibility'],
  properties: {
    providerId: id,
    terc,
    accessibility: { type: 'array', maxItems: 50, items: code },
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      terc: '2861011',
      accessibility: ['STEP_FREE', 'ACCESSIBLE_TOILET'],
    },
  ],
} as const;
export type PlaceCorrectedV1 = FromSchema<typeof placeCorrectedV1>;
