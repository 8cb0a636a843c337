import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const diagnosisSupersededV1 = {
  $id: 'catalogue.diagnosis.superseded.v1',
  title: 'Another diagnosis has taken the place of this one',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['supersededBy'],
  properties: {
    supersededBy: id,
  },
  examples: [{ supersededBy: '0197a000-0000-7000-8000-000000000007' }],
} as const;
export type DiagnosisSupersededV1 = FromSchema<typeof diagnosisSupersededV1>;
