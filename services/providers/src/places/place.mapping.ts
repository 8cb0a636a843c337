import { EntitySchema } from 'typeorm';
import { Place } from './place';

export const placeMapping = new EntitySchema<Pick<Place, keyof Place> & { closedOn: string | null }>({
  name: 'Place',
  target: Place,
  tableName: 'place',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    providerId: { name: 'provider_id', type: 'uuid' },
    name: { type: 'text' },
    address: { type: 'text' },
    terc: { type: 'text', nullable: true },
    latitude: { type: 'float8', nullable: true },
    longitude: { type: 'float8', nullable: true },
    accessibility: { type: 'jsonb' },
    closedOn: { name: 'closed_on', type: 'date', nullable: true },
  },
});
