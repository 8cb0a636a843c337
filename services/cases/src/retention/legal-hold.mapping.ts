import { table } from '../table.mapping';
import { LegalHold } from './legal-hold';

export const legalHoldMapping = table(LegalHold, 'legal_hold', {
  unit: 'text',
  personId: 'uuid',
  kind: 'text',
  placedBy: 'text',
  placedOn: 'date',
  endedBy: 'text?',
  endedOn: 'date?',
  reasonCode: 'text?',
});
