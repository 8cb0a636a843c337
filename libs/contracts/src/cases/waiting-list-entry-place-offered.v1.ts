import type { FromSchema } from 'json-schema-to-ts';
import { date, id, slug } from '../properties';

export const waitingListEntryPlaceOfferedV1 = {
  $id: 'cases.waiting-list-entry.place-offered.v1',
  title: 'A freed place is held for whoever is first on the waiting list',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'offerId', 'programmeId', 'serviceCode', 'offeredOn', 'answerBy'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    offerId: id,
    programmeId: id,
    serviceCode: slug,
    offeredOn: date,
    /** Last day for an answer. */
    answerBy: date,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      programmeId: '0197a000-0000-7000-8000-000000000004',
      serviceCode: 'teleopieka',
      offeredOn: '2026-03-02',
      answerBy: '2026-03-02',
    },
  ],
} as const;
export type WaitingListEntryPlaceOfferedV1 = FromSchema<typeof waitingListEntryPlaceOfferedV1>;
