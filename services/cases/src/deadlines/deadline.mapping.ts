import { table } from '../table.mapping';
import { Deadline } from './deadline';

export const deadlineMapping = table(Deadline, 'deadline', {
  kind: 'text',
  subjectId: 'uuid',
  applicationId: 'uuid?',
  personId: 'uuid?',
  unit: 'text',
  terc: 'text',
  assignee: 'text?',
  awaited: 'text',
  warnOn: 'date',
  dueOn: 'date',
  basis: 'text',
  startedAt: 'timestamptz',
  told: 'text',
  endedAt: 'timestamptz?',
  ending: 'text?',
});
