import type { FromSchema } from 'json-schema-to-ts';
import { date, terc } from '../properties';

export const personDepartedV1 = {
  $id: 'cases.person.departed.v1',
  title: 'A person has moved out of a gmina',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['leftOn', 'fromTerc'],
  properties: {
    leftOn: date,
    fromTerc: terc,
    /** Left out while nobody knows where to. */
    toTerc: terc,
  },
  examples: [{ leftOn: '2026-03-02', fromTerc: '2861011', toTerc: '2804012' }],
} as const;
export type PersonDepartedV1 = FromSchema<typeof personDepartedV1>;
