import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const serviceOrderResumedV1 = {
  $id: 'providers.service-order.resumed.v1',
  title: 'The order goes on after a pause',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['allocationId', 'providerId', 'offerId', 'attempt', 'resumedOn'],
  properties: {
    allocationId: id,
    providerId: id,
    offerId: id,
    attempt: count,
    resumedOn: date,
  },
  examples: [
    {
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      attempt: 1,
      resumedOn: '2026-03-02',
    },
  ],
} as const;
export type ServiceOrderResumedV1 = FromSchema<typeof serviceOrderResumedV1>;
