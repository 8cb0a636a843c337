import { table } from '../table.mapping';
import { PlanNeed } from './plan-need';

export const planNeedMapping = table(PlanNeed, 'plan_need', {
  unit: 'text',
  terc: 'text',
  applicationId: 'uuid',
  personId: 'uuid',
  need: 'text',
  reasonCode: 'text',
  reason: 'bytea',
  overriddenBy: 'text',
  overriddenOn: 'date',
});
