import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const serviceOrderSuspendedV1 = {
  $id: 'providers.service-order.suspended.v1',
  title: 'The order pauses; its place is kept',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['allocationId', 'providerId', 'offerId', 'attempt', 'from'],
  properties: {
    allocationId: id,
    providerId: id,
    offerId: id,
    attempt: count,
    from: date,
    until: date,
  },
  examples: [
    {
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      attempt: 1,
      from: '2026-03-02',
      until: '2026-03-16',
    },
  ],
} as const;
export type ServiceOrderSuspendedV1 = FromSchema<typeof serviceOrderSuspendedV1>;
