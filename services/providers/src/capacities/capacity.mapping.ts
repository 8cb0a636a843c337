import { EntitySchema } from 'typeorm';
import { Capacity } from './capacity';

type Columns = Pick<Capacity, keyof Capacity> & { free: number };

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
    gmina: { type: 'text', nullable: true },
  },
});
