import type { FromSchema } from 'json-schema-to-ts';
import { date } from '../properties';

export const plansSummaryGeneratedV1 = {
  $id: 'cases.plans-summary.generated.v1',
  title:
    'The summary of the individual plans of a half-year has been made for the director and the community organiser (art. 46(1))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['from', 'to'],
  properties: { from: date, to: date },
  examples: [{ from: '2026-01-01', to: '2026-06-30' }],
} as const;
export type PlansSummaryGeneratedV1 = FromSchema<typeof plansSummaryGeneratedV1>;
