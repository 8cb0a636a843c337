import type { FromSchema } from 'json-schema-to-ts';
import { code, count, date, id } from '../properties';

export const serviceOrderCancelledV1 = {
  $id: 'providers.service-order.cancelled.v1',
  title: 'The centre has taken the order back; if it held a place, that is free',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['allocationId', 'providerId', 'offerId', 'attempt', 'cancelledOn', 'reasonCode'],
  properties: {
    allocationId: id,
    providerId: id,
    offerId: id,
    attempt: count,
    cancelledOn: date,
    reasonCode: code,
  },
  examples: [
    {
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      attempt: 1,
      cancelledOn: '2026-03-02',
      reasonCode: 'NO_ANSWER',
    },
  ],
} as const;
export type ServiceOrderCancelledV1 = FromSchema<typeof serviceOrderCancelledV1>;
