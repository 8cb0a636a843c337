import type { FromSchema } from 'json-schema-to-ts';
import { code, count, date, id } from '../properties';

/** From `closedOn` on nothing more can be taken. Orders that hold a place keep it to their end. */
export const capacityClosedV1 = {
  $id: 'providers.capacity.closed.v1',
  title: 'A provider offers these places no longer',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'offerId', 'places', 'free', 'closedOn', 'reasonCode'],
  properties: {
    providerId: id,
    offerId: id,
    /** None: that many are offered from now on. */
    places: count,
    free: count,
    closedOn: date,
    reasonCode: code,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      places: 0,
      free: 0,
      closedOn: '2026-03-02',
      reasonCode: 'NO_STAFF',
    },
  ],
} as const;
export type CapacityClosedV1 = FromSchema<typeof capacityClosedV1>;
