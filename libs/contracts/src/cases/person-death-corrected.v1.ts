import type { FromSchema } from 'json-schema-to-ts';
import { code } from '../properties';

export const personDeathCorrectedV1 = {
  $id: 'cases.person.death-corrected.v1',
  title: 'The record of a death was wrong and has been taken back',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['reasonCode'],
  properties: {
    reasonCode: code,
  },
  examples: [{ reasonCode: 'ANOTHER_PERSON' }],
} as const;
export type PersonDeathCorrectedV1 = FromSchema<typeof personDeathCorrectedV1>;
