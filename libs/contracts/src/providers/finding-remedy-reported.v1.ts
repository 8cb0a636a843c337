import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const findingRemedyReportedV1 = {
  $id: 'providers.finding.remedy-reported.v1',
  title: 'A provider says that it has remedied what was found',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'reportedOn'],
  properties: {
    providerId: id,
    reportedOn: date,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', reportedOn: '2026-03-02' }],
} as const;
export type FindingRemedyReportedV1 = FromSchema<typeof findingRemedyReportedV1>;
