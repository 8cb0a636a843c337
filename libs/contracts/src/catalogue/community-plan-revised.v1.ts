import type { FromSchema } from 'json-schema-to-ts';
import { date, terc } from '../properties';

export const communityPlanRevisedV1 = {
  $id: 'catalogue.community-plan.revised.v1',
  title: 'The draft of a community plan says something else',
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
export type CommunityPlanRevisedV1 = FromSchema<typeof communityPlanRevisedV1>;
