import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const decisionDeliveredV1 = {
  $id: 'cases.decision.delivered.v1',
  title: 'A decision has been delivered; the appeal term runs',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'deliveredOn', 'appealUntil'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    deliveredOn: date,
    appealUntil: date,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      deliveredOn: '2026-03-02',
      appealUntil: '2026-03-02',
    },
  ],
} as const;
export type DecisionDeliveredV1 = FromSchema<typeof decisionDeliveredV1>;
