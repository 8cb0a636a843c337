import { EntitySchema } from 'typeorm';
import { Standard } from './standard';

export const standardMapping = new EntitySchema<Pick<Standard, keyof Standard>>({
  name: 'Standard',
  target: Standard,
  tableName: 'standard',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    offerId: { name: 'offer_id', type: 'uuid' },
    state: { type: 'text' },
    law: { type: 'text', nullable: true },
    criteria: { type: 'jsonb' },
    draftedBy: { name: 'drafted_by', type: 'text' },
    edition: { type: 'int', nullable: true },
    approvedBy: { name: 'approved_by', type: 'text', nullable: true },
    from: { name: 'first_day', type: 'date', nullable: true },
  },
});
