import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const complaintAnsweredV1 = {
  $id: 'providers.complaint.answered.v1',
  title: 'A complaint is answered (KPA art. 237)',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'outcome', 'answeredOn'],
  properties: {
    providerId: id,
    offerId: id,
    outcome: { type: 'string', enum: ['FOUNDED', 'PARTLY', 'UNFOUNDED'], 'x-data-class': 'code' },
    answeredOn: date,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      outcome: 'PARTLY',
      answeredOn: '2026-03-02',
    },
  ],
} as const;
export type ComplaintAnsweredV1 = FromSchema<typeof complaintAnsweredV1>;
