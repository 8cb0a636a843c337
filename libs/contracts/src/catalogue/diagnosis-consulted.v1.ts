import type { FromSchema } from 'json-schema-to-ts';
import { date } from '../properties';

export const diagnosisConsultedV1 = {
  $id: 'catalogue.diagnosis.consulted.v1',
  title: 'A draft diagnosis has been consulted with the community (art. 21(5))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['from', 'to'],
  properties: {
    from: date,
    to: date,
  },
  examples: [{ from: '2026-03-02', to: '2026-03-15' }],
} as const;
export type DiagnosisConsultedV1 = FromSchema<typeof diagnosisConsultedV1>;
