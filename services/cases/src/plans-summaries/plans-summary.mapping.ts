import { table } from '../table.mapping';
import { PlansSummary } from './plans-summary';

export const plansSummaryMapping = table(PlansSummary, 'plans_summary', {
  unit: 'text',
  terc: 'text',
  halfYear: 'text',
  figures: 'jsonb',
  generatedBy: 'text',
  generatedAt: 'timestamptz',
});
