import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const findingConfirmedV1 = {
  $id: 'providers.finding.confirmed.v1',
  title: 'What was found is remedied',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'confirmedOn'],
  properties: {
    providerId: id,
    confirmedOn: date,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', confirmedOn: '2026-03-02' }],
} as const;
export type FindingConfirmedV1 = FromSchema<typeof findingConfirmedV1>;
