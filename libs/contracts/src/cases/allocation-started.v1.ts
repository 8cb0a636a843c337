import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const allocationStartedV1 = {
  $id: 'cases.allocation.started.v1',
  title: 'The first unit of the service has been delivered',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['planId', 'personId', 'offerId', 'providerId', 'startedOn'],
  properties: {
    planId: id,
    personId: id,
    offerId: id,
    providerId: id,
    startedOn: date,
  },
  examples: [
    {
      planId: '0197a000-0000-7000-8000-000000000007',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      providerId: '0197a000-0000-7000-8000-000000000010',
      startedOn: '2026-03-02',
    },
  ],
} as const;
export type AllocationStartedV1 = FromSchema<typeof allocationStartedV1>;
