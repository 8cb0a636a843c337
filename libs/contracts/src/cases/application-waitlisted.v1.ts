import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const applicationWaitlistedV1 = {
  $id: 'cases.application.waitlisted.v1',
  title: 'The limit is reached and the programme keeps a queue for this service',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['itemId', 'personId', 'offerId', 'programmeId'],
  properties: {
    itemId: id,
    personId: id,
    offerId: id,
    programmeId: id,
  },
  examples: [
    {
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      programmeId: '0197a000-0000-7000-8000-000000000004',
    },
  ],
} as const;
export type ApplicationWaitlistedV1 = FromSchema<typeof applicationWaitlistedV1>;
