import type { FromSchema } from 'json-schema-to-ts';
import { code, id, terc } from '../properties';

export const placeRegisteredV1 = {
  $id: 'providers.place.registered.v1',
  title: 'A provider has told of a place where it serves',
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
export type PlaceRegisteredV1 = FromSchema<typeof placeRegisteredV1>;
