import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const planClosingTalkHeldV1 = {
  $id: 'cases.plan.closing-talk-held.v1',
  title: 'The closing talk was held, or noted as impossible (art. 45(2))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'heldOn', 'outcome'],
  properties: {
    personId: id,
    heldOn: date,
    outcome: { type: 'string', enum: ['HELD', 'IMPOSSIBLE'], 'x-data-class': 'code' },
  },
  examples: [{ personId: '0197a000-0000-7000-8000-000000000003', heldOn: '2026-03-02', outcome: 'HELD' }],
} as const;
export type PlanClosingTalkHeldV1 = FromSchema<typeof planClosingTalkHeldV1>;
