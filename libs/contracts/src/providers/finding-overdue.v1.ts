import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const findingOverdueV1 = {
  $id: 'providers.finding.overdue.v1',
  title: 'What was found is not remedied in time',
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
export type FindingOverdueV1 = FromSchema<typeof findingOverdueV1>;
