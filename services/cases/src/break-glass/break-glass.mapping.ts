import { table } from '../table.mapping';
import { BreakGlass } from './break-glass';

export const breakGlassMapping = table(BreakGlass, 'break_glass', {
  unit: 'text',
  personId: 'uuid',
  account: 'text',
  accountUnit: 'text',
  reason: 'bytea',
  openedAt: 'timestamptz',
  until: 'timestamptz',
  dueOn: 'date',
  finding: 'text?',
  reviewedBy: 'text?',
  reviewedAt: 'timestamptz?',
  note: 'bytea?',
});
