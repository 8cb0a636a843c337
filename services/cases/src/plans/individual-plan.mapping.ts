import { table } from '../table.mapping';
import { IndividualPlan } from './individual-plan';

export const individualPlanMapping = table(IndividualPlan, 'individual_plan', {
  unit: 'text',
  terc: 'text',
  personId: 'uuid',
  applicationId: 'uuid',
  drafter: 'text',
  draftedAt: 'timestamptz',
  draftDueOn: 'date',
  draftedLate: 'bool',
  state: 'text',
  periodFrom: 'date',
  periodTo: 'date',
  items: 'jsonb',
  texts: 'bytea',
  agreement: 'jsonb?',
  returnReason: 'text?',
  approval: 'jsonb?',
  ending: 'jsonb?',
  closingTalk: 'jsonb?',
  closingNote: 'bytea?',
  description: 'bytea?',
  closedOn: 'date?',
});
