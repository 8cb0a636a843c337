import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const serviceOrderStartedV1 = {
  $id: 'providers.service-order.started.v1',
  title: 'The provider has recorded the first delivery of the order',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['allocationId', 'providerId', 'offerId', 'attempt', 'startedOn'],
  properties: {
    allocationId: id,
    providerId: id,
    offerId: id,
    attempt: count,
    startedOn: date,
  },
  examples: [
    {
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      attempt: 3,
      startedOn: '2026-03-02',
    },
  ],
} as const;
export type ServiceOrderStartedV1 = FromSchema<typeof serviceOrderStartedV1>;
