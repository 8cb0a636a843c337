import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const complaintExaminationStartedV1 = {
  $id: 'providers.complaint.examination-started.v1',
  title: 'A complaint is examined',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'startedOn'],
  properties: {
    providerId: id,
    startedOn: date,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', startedOn: '2026-03-02' }],
} as const;
export type ComplaintExaminationStartedV1 = FromSchema<typeof complaintExaminationStartedV1>;
