import type { FromSchema } from 'json-schema-to-ts';
import { code } from '../properties';
export const personRestrictionLiftedV1 = {
  $id: 'cases.person.restriction-lifted.v1',
  title: 'The data of a person may be used again',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['reasonCode'],
  properties: {
    reasonCode: code,
  },
  examples: [{ reasonCode: 'CORRECTED' }],
} as const;
export type PersonRestrictionLiftedV1 = FromSchema<typeof personRestrictionLiftedV1>;
