import { EntitySchema } from 'typeorm';
import { Capacity } from './capacity';

type Columns = Pick<Capacity, Exclude<keyof Capacity, 'isClosed'>>;

export const capacityMapping = new EntitySchema<Columns>({
  name: 'Capacity',
  target: Capacity,
  tableName: 'capacity',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    providerId: { name: 'provider_id', type: 'uuid' },
    offerId: { name: 'offer_id', type: 'uuid' },
    from: { name: 'first_day', type: 'date' },
    to: { name: 'last_day', type: 'date' },
    places: { type: 'int' },
    free: { type: 'int' },
    heads: { type: 'int', nullable: true },
    placeId: { name: 'place_id', type: 'uuid', nullable: true },
    coordinates: { type: 'jsonb', nullable: true },
    hours: { type: 'jsonb' },
    exceptions: { type: 'jsonb' },
    quotas: { type: 'jsonb' },
    closedOn: { name: 'closed_on', type: 'date', nullable: true },
    closeReason: { name: 'close_reason', type: 'text', nullable: true },
    gmina: { type: 'text', nullable: true },
  },
});
