import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const placeClosedV1 = {
  $id: 'providers.place.closed.v1',
  title: 'A provider serves at this place no more',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'closedOn'],
  properties: {
    providerId: id,
    closedOn: date,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', closedOn: '2026-03-02' }],
} as const;
export type PlaceClosedV1 = FromSchema<typeof placeClosedV1>;
