import { table } from '../table.mapping';
import { Disposal } from './disposal';

export const disposalMapping = table(Disposal, 'disposal', {
  unit: 'text',
  state: 'text',
  files: 'int',
  proposedBy: 'text',
  proposedOn: 'date',
  decidedBy: 'text?',
  decidedOn: 'date?',
  archiveConsent: 'text?',
  reasonCode: 'text?',
  erased: 'int?',
  kept: 'int?',
  carriedOutOn: 'date?',
});
