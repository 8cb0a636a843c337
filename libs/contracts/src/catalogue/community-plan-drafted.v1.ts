import type { FromSchema } from 'json-schema-to-ts';
import { date, terc } from '../properties';

export const communityPlanDraftedV1 = {
  $id: 'catalogue.community-plan.drafted.v1',
  title: 'A plan of organising the local community has been drafted (art. 20)',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['gminas', 'from', 'to'],
  properties: {
    gminas: { type: 'array', maxItems: 100, items: terc },
    /** First and last day of the plan. */
    from: date,
    to: date,
  },
  examples: [{ gminas: ['2861011'], from: '2026-01-01', to: '2026-12-31' }],
} as const;
export type CommunityPlanDraftedV1 = FromSchema<typeof communityPlanDraftedV1>;
