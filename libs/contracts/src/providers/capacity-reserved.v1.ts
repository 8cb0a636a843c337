import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const capacityReservedV1 = {
  $id: 'providers.capacity.reserved.v1',
  title: 'A place has been taken by an order',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'offerId', 'places', 'free', 'orderId'],
  properties: {
    providerId: id,
    offerId: id,
    places: count,
    free: count,
    orderId: id,
    /** The last day for which the place is wanted; it may be free sooner, or later. */
    until: date,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      places: 3,
      free: 3,
      orderId: '0197a000-0000-7000-8000-000000000009',
      until: '2026-03-02',
    },
  ],
} as const;
export type CapacityReservedV1 = FromSchema<typeof capacityReservedV1>;
