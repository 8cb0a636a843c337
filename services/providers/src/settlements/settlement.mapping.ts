import { EntitySchema } from 'typeorm';
import { Settlement } from './settlement';

type Columns = Pick<Settlement, Exclude<keyof Settlement, 'isOpen'>>;

export const settlementMapping = new EntitySchema<Columns>({
  name: 'Settlement',
  target: Settlement,
  tableName: 'settlement',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    agreementId: { name: 'agreement_id', type: 'uuid' },
    providerId: { name: 'provider_id', type: 'uuid' },
    month: { type: 'date' },
    gmina: { type: 'text', nullable: true },
    state: { type: 'text' },
    totals: { type: 'jsonb' },
    costs: { type: 'jsonb' },
    document: { type: 'jsonb', nullable: true },
    acts: { type: 'jsonb' },
  },
});
