import { table } from '../table.mapping';
import { Decision } from './decision';

export const decisionMapping = table(Decision, 'decision', {
  unit: 'text',
  terc: 'text',
  kind: 'text',
  applicationId: 'uuid',
  itemId: 'uuid',
  personId: 'uuid',
  number: 'text',
  legalBasis: 'text',
  reasons: 'bytea',
  authorisationId: 'uuid',
  appealDays: 'int',
  issuedBy: 'text',
  issuedOn: 'date',
  state: 'text',
  delivery: 'jsonb?',
  appeal: 'jsonb?',
  stands: 'bool',
});
