import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const complaintReceivedV1 = {
  $id: 'providers.complaint.received.v1',
  title: 'Somebody complains of a provider (KPA art. 227)',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'channel', 'receivedOn', 'dueOn'],
  properties: {
    providerId: id,
    offerId: id,
    channel: code,
    receivedOn: date,
    /** The last day for an answer. */
    dueOn: date,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      channel: 'DESK',
      receivedOn: '2026-03-02',
      dueOn: '2026-04-02',
    },
  ],
} as const;
export type ComplaintReceivedV1 = FromSchema<typeof complaintReceivedV1>;
