import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const findingReopenedV1 = {
  $id: 'providers.finding.reopened.v1',
  title: 'What was found is not remedied',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'reasonCode', 'dueOn'],
  properties: {
    providerId: id,
    reasonCode: code,
    /** The last day for the remedy. */
    dueOn: date,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', reasonCode: 'NOT_REMEDIED', dueOn: '2026-04-02' }],
} as const;
export type FindingReopenedV1 = FromSchema<typeof findingReopenedV1>;
