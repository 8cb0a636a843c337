import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

/** Of a service that is used singly, without a plan; the first version is told of those in a plan. */
export const allocationStartedV2 = {
  $id: 'cases.allocation.started.v2',
  title: 'The first unit of the service has been delivered',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'personId', 'offerId', 'providerId', 'startedOn'],
  properties: {
    applicationId: id,
    personId: id,
    offerId: id,
    providerId: id,
    startedOn: date,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000004',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      providerId: '0197a000-0000-7000-8000-000000000010',
      startedOn: '2026-03-02',
    },
  ],
} as const;
export type AllocationStartedV2 = FromSchema<typeof allocationStartedV2>;
