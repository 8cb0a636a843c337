import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const complaintOverdueV1 = {
  $id: 'providers.complaint.overdue.v1',
  title: 'A complaint is not answered in time',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'dueOn'],
  properties: {
    providerId: id,
    dueOn: date,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', dueOn: '2026-03-02' }],
} as const;
export type ComplaintOverdueV1 = FromSchema<typeof complaintOverdueV1>;
