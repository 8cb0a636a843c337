import { table } from '../table.mapping';
import { Authorisation } from './authorisation';

export const authorisationMapping = table(Authorisation, 'authorisation', {
  holder: 'text',
  number: 'text',
  scope: 'jsonb',
  validFrom: 'date',
  validTo: 'date',
  recordedBy: 'text',
  revokedOn: 'date?',
});
