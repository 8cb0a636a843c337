import type { FromSchema } from 'json-schema-to-ts';
import { date, id, slug } from '../properties';

export const waitingListEntryPlaceLapsedV1 = {
  $id: 'cases.waiting-list-entry.place-lapsed.v1',
  title: 'The place held for somebody on the waiting list was not answered for in time',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'offerId', 'programmeId', 'serviceCode', 'lapsedOn'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    offerId: id,
    programmeId: id,
    serviceCode: slug,
    lapsedOn: date,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      programmeId: '0197a000-0000-7000-8000-000000000004',
      serviceCode: 'teleopieka',
      lapsedOn: '2026-03-02',
    },
  ],
} as const;
export type WaitingListEntryPlaceLapsedV1 = FromSchema<typeof waitingListEntryPlaceLapsedV1>;
