import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const applicationLeftUnexaminedV1 = {
  $id: 'cases.application.left-unexamined.v1',
  title: 'The request for one service has been left unexamined: what it lacked did not come in time (KPA art. 64 § 2)',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['itemId', 'personId', 'offerId'],
  properties: {
    itemId: id,
    personId: id,
    offerId: id,
  },
  examples: [
    {
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
    },
  ],
} as const;
export type ApplicationLeftUnexaminedV1 = FromSchema<typeof applicationLeftUnexaminedV1>;
