import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const inspectionReportedV1 = {
  $id: 'providers.inspection.reported.v1',
  title: 'What an inspection has found is laid before the provider',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'reportedOn', 'findings'],
  properties: {
    providerId: id,
    reportedOn: date,
    findings: count,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', reportedOn: '2026-03-02', findings: 2 }],
} as const;
export type InspectionReportedV1 = FromSchema<typeof inspectionReportedV1>;
