import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const complaintPositionAskedV1 = {
  $id: 'providers.complaint.position-asked.v1',
  title: 'A provider is asked what it says to a complaint',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'code', 'dueOn'],
  properties: {
    providerId: id,
    /** What it is about. */
    code,
    dueOn: date,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', code: 'PUNCTUALITY', dueOn: '2026-03-02' }],
} as const;
export type ComplaintPositionAskedV1 = FromSchema<typeof complaintPositionAskedV1>;
