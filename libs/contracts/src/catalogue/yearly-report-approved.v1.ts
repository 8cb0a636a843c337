import type { FromSchema } from 'json-schema-to-ts';
import { count, date, terc } from '../properties';

export const yearlyReportApprovedV1 = {
  $id: 'catalogue.yearly-report.approved.v1',
  title: 'The director has approved the yearly report: it is fixed and public (art. 18)',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['terc', 'year', 'approvedOn'],
  properties: { terc, year: count, approvedOn: date },
  examples: [{ terc: '2861011', year: 2025, approvedOn: '2026-03-02' }],
} as const;
export type YearlyReportApprovedV1 = FromSchema<typeof yearlyReportApprovedV1>;
