import { table } from '../table.mapping';
import { ProjectParticipation } from './project-participation';

export const projectParticipationMapping = table(ProjectParticipation, 'project_participation', {
  unit: 'text',
  terc: 'text',
  projectId: 'uuid',
  personId: 'uuid',
  applicationId: 'uuid?',
  state: 'text',
  declaredOn: 'date',
  statementVersion: 'text',
  entryIndicators: 'bytea',
  exitIndicators: 'bytea?',
  laterIndicators: 'bytea?',
  terminatedOn: 'date?',
  reasonCode: 'text?',
  legalHold: 'text',
  startedBy: 'text',
});
