import { EntitySchema } from 'typeorm';
import { CommunityPlan, type CommunityPlanActs, type CommunityPlanState } from './community-plan';
import type { CommunityPlanContent } from './community-plan-content';

interface CommunityPlanRow {
  id: string;
  version: number;
  state: CommunityPlanState;
  content: CommunityPlanContent;
  acts: CommunityPlanActs;
}

export const communityPlanMapping = new EntitySchema<CommunityPlanRow>({
  name: 'CommunityPlan',
  target: CommunityPlan,
  tableName: 'community_plan',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    state: { type: 'text' },
    content: { type: 'jsonb' },
    acts: { type: 'jsonb' },
  },
});
