import type { FromSchema } from 'json-schema-to-ts';
import { date, id, slug } from '../properties';

export const waitingListEntryPlaceDeclinedV1 = {
  $id: 'cases.waiting-list-entry.place-declined.v1',
  title: 'The place held for somebody on the waiting list has been declined',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'offerId', 'programmeId', 'serviceCode', 'declinedOn'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    offerId: id,
    programmeId: id,
    serviceCode: slug,
    declinedOn: date,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      programmeId: '0197a000-0000-7000-8000-000000000004',
      serviceCode: 'teleopieka',
      declinedOn: '2026-03-02',
    },
  ],
} as const;
export type WaitingListEntryPlaceDeclinedV1 = FromSchema<typeof waitingListEntryPlaceDeclinedV1>;
