import type { FromSchema } from 'json-schema-to-ts';
import { code, count, id, slug } from '../properties';

export const waitingListEntryJumpedV1 = {
  $id: 'cases.waiting-list-entry.jumped.v1',
  title: 'Somebody has been put further ahead on the waiting list, for a reason',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: [
    'applicationId',
    'itemId',
    'personId',
    'offerId',
    'programmeId',
    'serviceCode',
    'reasonCode',
    'from',
    'to',
  ],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    offerId: id,
    programmeId: id,
    serviceCode: slug,
    reasonCode: code,
    /** Position before, 1 being the first. */
    from: count,
    to: count,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      programmeId: '0197a000-0000-7000-8000-000000000004',
      serviceCode: 'teleopieka',
      reasonCode: 'URGENT',
      from: 3,
      to: 3,
    },
  ],
} as const;
export type WaitingListEntryJumpedV1 = FromSchema<typeof waitingListEntryJumpedV1>;
