import type { FromSchema } from 'json-schema-to-ts';
import { raisedProperties } from '../order-request-properties';
import { count, id } from '../properties';

export const allocationRequestRaisedV1 = {
  $id: 'cases.allocation.request-raised.v1',
  title: 'The provider or the centre asks something about the service',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['offerId', 'providerId', 'attempt', 'requestId', 'kind', 'raisedBy', 'raisedOn', 'code'],
  properties: {
    /** The plan that it is part of. */
    planId: id,
    /** Instead of a plan, where the service is used singly. */
    applicationId: id,
    offerId: id,
    providerId: id,
    attempt: count,
    ...raisedProperties,
  },
  examples: [
    {
      planId: '0197a000-0000-7000-8000-000000000007',
      offerId: '0197a000-0000-7000-8000-000000000002',
      providerId: '0197a000-0000-7000-8000-000000000010',
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
export type AllocationRequestRaisedV1 = FromSchema<typeof allocationRequestRaisedV1>;
