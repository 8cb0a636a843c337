import type { FromSchema } from 'json-schema-to-ts';
import { date } from '../properties';

export const personDiedV1 = {
  $id: 'cases.person.died.v1',
  title: 'A death has been recorded',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['diedOn', 'source'],
  properties: {
    diedOn: date,
    source: {
      type: 'string',
      enum: ['DEATH_CERTIFICATE', 'POPULATION_REGISTER', 'FAMILY', 'PROVIDER', 'OTHER'],
      'x-data-class': 'code',
    },
  },
  examples: [{ diedOn: '2026-03-02', source: 'DEATH_CERTIFICATE' }],
} as const;
export type PersonDiedV1 = FromSchema<typeof personDiedV1>;
