import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const applicationAppealedV1 = {
  $id: 'cases.application.appealed.v1',
  title: 'The refusal of one service has been appealed against',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['itemId', 'personId', 'offerId', 'decisionId'],
  properties: {
    itemId: id,
    personId: id,
    offerId: id,
    decisionId: id,
  },
  examples: [
    {
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      decisionId: '0197a000-0000-7000-8000-000000000012',
    },
  ],
} as const;
export type ApplicationAppealedV1 = FromSchema<typeof applicationAppealedV1>;
