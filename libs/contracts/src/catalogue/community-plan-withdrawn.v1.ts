import type { FromSchema } from 'json-schema-to-ts';
import { code } from '../properties';

export const communityPlanWithdrawnV1 = {
  $id: 'catalogue.community-plan.withdrawn.v1',
  title: 'A draft community plan has been given up',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['reasonCode'],
  properties: {
    reasonCode: code,
  },
  examples: [{ reasonCode: 'BEGUN_ANEW' }],
} as const;
export type CommunityPlanWithdrawnV1 = FromSchema<typeof communityPlanWithdrawnV1>;
