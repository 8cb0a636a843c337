import type { FromSchema } from 'json-schema-to-ts';
import { count, id } from '../properties';

/** Places were held for a while, given back, or not confirmed in time; what an order takes is told by `reserved` and `released`. */
export const capacityRecountedV1 = {
  $id: 'providers.capacity.recounted.v1',
  title: 'Another number of places is free',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'offerId', 'places', 'free'],
  properties: {
    providerId: id,
    offerId: id,
    places: count,
    free: count,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      places: 3,
      free: 2,
    },
  ],
} as const;
export type CapacityRecountedV1 = FromSchema<typeof capacityRecountedV1>;
