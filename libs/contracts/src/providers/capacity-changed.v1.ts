import type { FromSchema } from 'json-schema-to-ts';
import { count, date, degrees, id } from '../properties';

export const capacityChangedV1 = {
  $id: 'providers.capacity.changed.v1',
  title: 'A provider offers more or fewer places, or for another period',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'offerId', 'places', 'free', 'from', 'to'],
  properties: {
    providerId: id,
    offerId: id,
    places: count,
    free: count,
    from: date,
    to: date,
    /** Where the provider serves, when it serves at a place of its own. */
    placeId: id,
    latitude: degrees,
    longitude: degrees,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      places: 4,
      free: 2,
      from: '2026-03-02',
      to: '2026-12-31',
    },
  ],
} as const;
export type CapacityChangedV1 = FromSchema<typeof capacityChangedV1>;
