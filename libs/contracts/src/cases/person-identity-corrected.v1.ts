import type { FromSchema } from 'json-schema-to-ts';
import { code, terc } from '../properties';

export const personIdentityCorrectedV1 = {
  $id: 'cases.person.identity-corrected.v1',
  title: 'The identity or residence of a person has been corrected',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['changed', 'reasonCode', 'terc'],
  properties: {
    changed: {
      type: 'array',
      minItems: 1,
      maxItems: 4,
      items: { type: 'string', enum: ['NAMES', 'BIRTH_DATE', 'IDENTIFIER', 'RESIDENCE'], 'x-data-class': 'code' },
    },
    reasonCode: code,
    /** Gmina of residence as it stands now. */
    terc,
  },
  examples: [{ changed: ['NAMES'], reasonCode: 'DOCUMENT_SHOWN', terc: '2861011' }],
} as const;
export type PersonIdentityCorrectedV1 = FromSchema<typeof personIdentityCorrectedV1>;
