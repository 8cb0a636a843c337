import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const serviceOrderCompletedV1 = {
  $id: 'providers.service-order.completed.v1',
  title: 'The order is complete and its place is free',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['allocationId', 'providerId', 'offerId', 'attempt', 'completedOn'],
  properties: {
    allocationId: id,
    providerId: id,
    offerId: id,
    attempt: count,
    completedOn: date,
  },
  examples: [
    {
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      attempt: 3,
      completedOn: '2026-03-02',
    },
  ],
} as const;
export type ServiceOrderCompletedV1 = FromSchema<typeof serviceOrderCompletedV1>;
