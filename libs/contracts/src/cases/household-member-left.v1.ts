import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const householdMemberLeftV1 = {
  $id: 'cases.household.member-left.v1',
  title: 'Somebody has left a household',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'to'],
  properties: {
    personId: id,
    /** Last day in it. */
    to: date,
  },
  examples: [{ personId: '0197a000-0000-7000-8000-000000000003', to: '2026-03-02' }],
} as const;
export type HouseholdMemberLeftV1 = FromSchema<typeof householdMemberLeftV1>;
