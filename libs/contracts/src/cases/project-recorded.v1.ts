import type { FromSchema } from 'json-schema-to-ts';
import { code, count, date } from '../properties';

export const projectRecordedV1 = {
  $id: 'cases.project.recorded.v1',
  title: 'The centre takes part in an EU project',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['code', 'validFrom', 'validTo', 'indicators'],
  properties: {
    code,
    validFrom: date,
    validTo: date,
    /** How many indicators the project asks for beside those common to all. */
    indicators: count,
  },
  examples: [
    {
      code: 'FELU_08_05',
      validFrom: '2026-01-01',
      validTo: '2027-12-31',
      indicators: 2,
    },
  ],
} as const;
export type ProjectRecordedV1 = FromSchema<typeof projectRecordedV1>;
