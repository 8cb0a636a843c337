import type { FromSchema } from 'json-schema-to-ts';
import { terc } from '../properties';

export const diagnosisDraftedV1 = {
  $id: 'catalogue.diagnosis.drafted.v1',
  title: 'A diagnosis of the needs and potential of the community has been drafted (art. 21)',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['gminas'],
  properties: {
    gminas: { type: 'array', maxItems: 100, items: terc },
  },
  examples: [{ gminas: ['2861011'] }],
} as const;
export type DiagnosisDraftedV1 = FromSchema<typeof diagnosisDraftedV1>;
