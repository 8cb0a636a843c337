import { table } from '../table.mapping';
import { Fee } from './fee';

export const feeMapping = table(Fee, 'fee', {
  unit: 'text',
  terc: 'text',
  applicationId: 'uuid',
  itemId: 'uuid',
  personId: 'uuid',
  programmeId: 'uuid',
  programmeVersion: 'int',
  serviceCode: 'text',
  reference: 'text',
  account: 'text?',
  isVirtual: 'bool',
  dueDays: 'int',
  per: 'text',
  periodFrom: 'date',
  periodTo: 'date',
  rates: 'jsonb',
  state: 'text',
  charges: 'jsonb',
  payments: 'jsonb',
  decisions: 'jsonb',
  dueOn: 'date?',
  overdueSince: 'date?',
  words: 'bytea',
});
