import { table } from '../table.mapping';
import { Application } from './application';

export const applicationMapping = table(Application, 'application', {
  unit: 'text',
  personId: 'uuid',
  applicantRole: 'text',
  channel: 'text',
  filedAt: 'timestamptz',
  clauseVersion: 'text',
  terc: 'text',
  receivedBy: 'text',
  state: 'text',
  items: 'jsonb',
  applicantPersonId: 'uuid?',
  clauseShown: 'jsonb?',
  needReportId: 'uuid?',
  facts: 'bytea?',
  coordinator: 'text?',
  completionCall: 'jsonb?',
  missing: 'bytea?',
  delays: 'jsonb',
  importedFrom: 'jsonb?',
});
