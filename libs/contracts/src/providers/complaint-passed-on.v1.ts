import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const complaintPassedOnV1 = {
  $id: 'providers.complaint.passed-on.v1',
  title: 'A complaint is passed on to who is competent (KPA art. 231)',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'to', 'passedOn'],
  properties: {
    providerId: id,
    to: code,
    passedOn: date,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', to: 'VOIVODE', passedOn: '2026-03-02' }],
} as const;
export type ComplaintPassedOnV1 = FromSchema<typeof complaintPassedOnV1>;
