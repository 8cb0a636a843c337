import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const applicationDecisionDemandedV1 = {
  $id: 'cases.application.decision-demanded.v1',
  title: 'Who waits for one service demands a decision instead',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['itemId', 'personId', 'offerId', 'demandedOn'],
  properties: {
    itemId: id,
    personId: id,
    offerId: id,
    demandedOn: date,
  },
  examples: [
    {
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      demandedOn: '2026-03-02',
    },
  ],
} as const;
export type ApplicationDecisionDemandedV1 = FromSchema<typeof applicationDecisionDemandedV1>;
