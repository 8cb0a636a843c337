import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const complaintWithdrawnV1 = {
  $id: 'providers.complaint.withdrawn.v1',
  title: 'Who complained takes it back',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'withdrawnOn'],
  properties: {
    providerId: id,
    withdrawnOn: date,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', withdrawnOn: '2026-03-02' }],
} as const;
export type ComplaintWithdrawnV1 = FromSchema<typeof complaintWithdrawnV1>;
