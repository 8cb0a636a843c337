import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const householdMemberJoinedV1 = {
  $id: 'cases.household.member-joined.v1',
  title: 'Somebody has joined a household',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'from'],
  properties: {
    personId: id,
    from: date,
  },
  examples: [{ personId: '0197a000-0000-7000-8000-000000000003', from: '2026-03-02' }],
} as const;
export type HouseholdMemberJoinedV1 = FromSchema<typeof householdMemberJoinedV1>;
