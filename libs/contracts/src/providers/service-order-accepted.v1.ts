import type { FromSchema } from 'json-schema-to-ts';
import { count, id } from '../properties';

export const serviceOrderAcceptedV1 = {
  $id: 'providers.service-order.accepted.v1',
  title: 'The provider has accepted the order against capacity',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['allocationId', 'providerId', 'offerId', 'attempt'],
  properties: {
    allocationId: id,
    providerId: id,
    offerId: id,
    attempt: count,
  },
  examples: [
    {
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      attempt: 3,
    },
  ],
} as const;
export type ServiceOrderAcceptedV1 = FromSchema<typeof serviceOrderAcceptedV1>;
