import type { FromSchema } from 'json-schema-to-ts';
import { code } from '../properties';

export const diagnosisWithdrawnV1 = {
  $id: 'catalogue.diagnosis.withdrawn.v1',
  title: 'A draft diagnosis has been given up',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['reasonCode'],
  properties: {
    reasonCode: code,
  },
  examples: [{ reasonCode: 'BEGUN_ANEW' }],
} as const;
export type DiagnosisWithdrawnV1 = FromSchema<typeof diagnosisWithdrawnV1>;
