import type { FromSchema } from 'json-schema-to-ts';
import { terc } from '../properties';

export const diagnosisRevisedV1 = {
  $id: 'catalogue.diagnosis.revised.v1',
  title: 'The draft of a diagnosis says something else',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['gminas'],
  properties: {
    gminas: { type: 'array', maxItems: 100, items: terc },
  },
  examples: [{ gminas: ['2861011'] }],
} as const;
export type DiagnosisRevisedV1 = FromSchema<typeof diagnosisRevisedV1>;
