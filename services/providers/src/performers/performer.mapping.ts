import { EntitySchema } from 'typeorm';
import { Performer } from './performer';

export const performerMapping = new EntitySchema<
  Pick<Performer, 'id' | 'version' | 'providerId' | 'kind' | 'name' | 'from'> & {
    leftOn: string | null;
    erasedOn: string | null;
  }
>({
  name: 'Performer',
  target: Performer,
  tableName: 'performer',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    providerId: { name: 'provider_id', type: 'uuid' },
    kind: { type: 'text' },
    name: { type: 'bytea' },
    from: { name: 'first_day', type: 'date' },
    leftOn: { name: 'left_on', type: 'date', nullable: true },
    erasedOn: { name: 'erased_on', type: 'date', nullable: true },
  },
});
