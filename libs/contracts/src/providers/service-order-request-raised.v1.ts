import type { FromSchema } from 'json-schema-to-ts';
import { raisedProperties } from '../order-request-properties';
import { count, id } from '../properties';

export const serviceOrderRequestRaisedV1 = {
  $id: 'providers.service-order.request-raised.v1',
  title: 'The provider or the centre asks something about the order',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['allocationId', 'providerId', 'offerId', 'attempt', 'requestId', 'kind', 'raisedBy', 'raisedOn', 'code'],
  properties: {
    allocationId: id,
    providerId: id,
    offerId: id,
    attempt: count,
    ...raisedProperties,
  },
  examples: [
    {
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      attempt: 1,
      requestId: '0197a000-0000-7000-8000-000000000021',
      kind: 'CHANGE',
      raisedBy: 'PROVIDER',
      raisedOn: '2026-03-02',
      code: 'STAFF',
      to: '2026-05-31',
      quantity: 20,
    },
  ],
} as const;
export type ServiceOrderRequestRaisedV1 = FromSchema<typeof serviceOrderRequestRaisedV1>;
