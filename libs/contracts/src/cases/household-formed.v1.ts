import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const householdFormedV1 = {
  $id: 'cases.household.formed.v1',
  title: 'People who keep house together have been recorded',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['members'],
  properties: {
    members: {
      type: 'array',
      minItems: 1,
      maxItems: 30,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['personId', 'from'],
        properties: { personId: id, from: date },
      },
    },
  },
  examples: [{ members: [{ personId: '0197a000-0000-7000-8000-000000000003', from: '2026-03-02' }] }],
} as const;
export type HouseholdFormedV1 = FromSchema<typeof householdFormedV1>;
