import { table } from '../table.mapping';
import { PersonContact } from './person-contact';

export const personContactMapping = table(PersonContact, 'person_contact', { contact: 'bytea', guardianId: 'uuid?' });
