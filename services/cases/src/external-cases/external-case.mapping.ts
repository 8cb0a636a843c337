import { table } from '../table.mapping';
import { ExternalCase } from './external-case';

export const externalCaseMapping = table(ExternalCase, 'external_case', {
  unit: 'text',
  personId: 'uuid',
  system: 'text',
  numberIndex: 'bytea',
  particulars: 'bytea',
  status: 'text',
  fromDay: 'date',
  toDay: 'date?',
  recordedBy: 'text',
});
