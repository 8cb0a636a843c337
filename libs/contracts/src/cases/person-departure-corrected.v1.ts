import type { FromSchema } from 'json-schema-to-ts';
import { code, terc } from '../properties';

export const personDepartureCorrectedV1 = {
  $id: 'cases.person.departure-corrected.v1',
  title: 'The record of a departure was wrong and has been taken back',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['reasonCode', 'terc'],
  properties: {
    reasonCode: code,
    /** Gmina of residence, as before. */
    terc,
  },
  examples: [{ reasonCode: 'STAYED', terc: '2861011' }],
} as const;
export type PersonDepartureCorrectedV1 = FromSchema<typeof personDepartureCorrectedV1>;
