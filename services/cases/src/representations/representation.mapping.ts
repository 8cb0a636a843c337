import { table } from '../table.mapping';
import { Representation } from './representation';

export const representationMapping = table(Representation, 'representation', {
  unit: 'text',
  personId: 'uuid',
  representativeId: 'uuid',
  role: 'text',
  basis: 'text',
  ruling: 'bytea?',
  validFrom: 'date',
  validTo: 'date?',
  recordedBy: 'text',
  endedOn: 'date?',
});
