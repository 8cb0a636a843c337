import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const applicationRefusalPendingV1 = {
  $id: 'cases.application.refusal-pending.v1',
  title: 'A refusal has been decided for one service and awaits delivery (art. 42(3))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['itemId', 'personId', 'decisionId'],
  properties: {
    itemId: id,
    personId: id,
    decisionId: id,
    offerId: id,
  },
  examples: [
    {
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      decisionId: '0197a000-0000-7000-8000-000000000012',
      offerId: '0197a000-0000-7000-8000-000000000002',
    },
  ],
} as const;
export type ApplicationRefusalPendingV1 = FromSchema<typeof applicationRefusalPendingV1>;
