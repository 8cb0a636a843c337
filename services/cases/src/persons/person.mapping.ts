import { table } from '../table.mapping';
import { Person } from './person';

export const personMapping = table(Person, 'person', {
  unit: 'text',
  terc: 'text',
  identifier: 'bytea?',
  identifierIndex: 'bytea?',
  givenName: 'bytea',
  familyName: 'bytea',
  birthDate: 'bytea?',
  registeredAt: 'timestamptz',
  mergedInto: 'uuid?',
  death: 'jsonb?',
  departure: 'jsonb?',
  erasedAt: 'timestamptz?',
  restriction: 'jsonb?',
});
