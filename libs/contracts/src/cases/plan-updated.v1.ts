import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const planUpdatedV1 = {
  $id: 'cases.plan.updated.v1',
  title: 'An approved update has taken the place of the version before it (art. 41(2))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'planVersion', 'to', 'authorisationId', 'approvedOn', 'added', 'dropped', 'changed'],
  properties: {
    personId: id,
    planVersion: count,
    /** Last day of the plan as it is now. */
    to: date,
    authorisationId: id,
    approvedOn: date,
    /** Items of the application that the plan has now and did not have. */
    added: { type: 'array', maxItems: 20, items: id },
    /** Items that it has no longer. */
    dropped: { type: 'array', maxItems: 20, items: id },
    /** Items whose way of execution is another now. */
    changed: { type: 'array', maxItems: 20, items: id },
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      planVersion: 2,
      to: '2026-03-02',
      authorisationId: '0197a000-0000-7000-8000-000000000013',
      approvedOn: '2026-03-02',
      added: ['0197a000-0000-7000-8000-000000000005'],
      dropped: [],
      changed: [],
    },
  ],
} as const;
export type PlanUpdatedV1 = FromSchema<typeof planUpdatedV1>;
