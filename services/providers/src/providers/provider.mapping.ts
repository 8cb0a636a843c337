import { EntitySchema } from 'typeorm';
import { Provider } from './provider';

export const providerMapping = new EntitySchema<Provider>({
  name: 'Provider',
  target: Provider,
  tableName: 'provider',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    kind: { type: 'text' },
    name: { type: 'jsonb' },
    nip: { type: 'text', nullable: true },
    regon: { type: 'text', nullable: true },
    krs: { type: 'text', nullable: true },
    terc: { type: 'text', nullable: true },
    address: { type: 'text', nullable: true },
  },
});
