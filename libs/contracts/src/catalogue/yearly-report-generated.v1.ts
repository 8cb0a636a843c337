import type { FromSchema } from 'json-schema-to-ts';
import { count, terc } from '../properties';

export const yearlyReportGeneratedV1 = {
  $id: 'catalogue.yearly-report.generated.v1',
  title: 'The figures of a yearly report have been taken (art. 18)',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['terc', 'year'],
  properties: { terc, year: count },
  examples: [{ terc: '2861011', year: 2025 }],
} as const;
export type YearlyReportGeneratedV1 = FromSchema<typeof yearlyReportGeneratedV1>;
