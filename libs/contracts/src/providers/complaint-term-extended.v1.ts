import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const complaintTermExtendedV1 = {
  $id: 'providers.complaint.term-extended.v1',
  title: 'A complaint is answered later (KPA art. 237 § 4)',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'reasonCode', 'dueOn'],
  properties: {
    providerId: id,
    reasonCode: code,
    dueOn: date,
  },
  examples: [
    { providerId: '0197a000-0000-7000-8000-000000000010', reasonCode: 'EVIDENCE_AWAITED', dueOn: '2026-04-02' },
  ],
} as const;
export type ComplaintTermExtendedV1 = FromSchema<typeof complaintTermExtendedV1>;
