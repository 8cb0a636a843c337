import type { FromSchema } from 'json-schema-to-ts';
import { date } from '../properties';

export const communityPlanClosedV1 = {
  $id: 'catalogue.community-plan.closed.v1',
  title: 'A community plan is over and has been evaluated',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['closedOn'],
  properties: {
    closedOn: date,
  },
  examples: [{ closedOn: '2026-12-31' }],
} as const;
export type CommunityPlanClosedV1 = FromSchema<typeof communityPlanClosedV1>;
