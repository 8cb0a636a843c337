import type { FromSchema } from 'json-schema-to-ts';
import { terc } from '../properties';

export const personRegisteredV1 = {
  $id: 'cases.person.registered.v1',
  title: 'A person has been registered at the centre',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['terc'],
  properties: {
    terc,
  },
  examples: [{ terc: '2861011' }],
} as const;
export type PersonRegisteredV1 = FromSchema<typeof personRegisteredV1>;
