import type { FromSchema } from 'json-schema-to-ts';
import { code, count, id } from '../properties';

export const serviceOrderDeclinedV1 = {
  $id: 'providers.service-order.declined.v1',
  title: 'The provider has declined the order',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['allocationId', 'providerId', 'offerId', 'attempt', 'reasonCode'],
  properties: {
    allocationId: id,
    providerId: id,
    offerId: id,
    attempt: count,
    reasonCode: code,
  },
  examples: [
    {
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      attempt: 3,
      reasonCode: 'EXAMPLE',
    },
  ],
} as const;
export type ServiceOrderDeclinedV1 = FromSchema<typeof serviceOrderDeclinedV1>;
