import { table } from '../table.mapping';
import { DataImport } from './data-import';

export const dataImportMapping = table(DataImport, 'data_import', {
  unit: 'text',
  source: 'text',
  kind: 'text',
  dryRun: 'bool',
  state: 'text',
  sha256: 'text',
  rows: 'int',
  startedBy: 'text',
  startedAs: 'jsonb',
  purpose: 'text',
  startedAt: 'timestamptz',
  endedAt: 'timestamptz?',
});
