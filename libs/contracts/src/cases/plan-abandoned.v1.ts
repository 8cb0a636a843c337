import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const planAbandonedV1 = {
  $id: 'cases.plan.abandoned.v1',
  title: 'The draft will not become a plan: without agreement there is none (art. 38(1))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'applicationId', 'reasonCode', 'abandonedOn'],
  properties: {
    personId: id,
    applicationId: id,
    reasonCode: code,
    abandonedOn: date,
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      applicationId: '0197a000-0000-7000-8000-000000000006',
      reasonCode: 'NO_AGREEMENT',
      abandonedOn: '2026-03-02',
    },
  ],
} as const;
export type PlanAbandonedV1 = FromSchema<typeof planAbandonedV1>;
