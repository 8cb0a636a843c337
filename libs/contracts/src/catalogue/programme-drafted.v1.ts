import type { FromSchema } from 'json-schema-to-ts';
import { date, terc } from '../properties';

export const programmeDraftedV1 = {
  $id: 'catalogue.programme.drafted.v1',
  title: 'A programme of social services has been drafted (art. 5)',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['terc', 'validFrom', 'validTo'],
  properties: {
    terc,
    validFrom: date,
    validTo: date,
  },
  examples: [{ terc: '2861011', validFrom: '2026-03-02', validTo: '2026-03-02' }],
} as const;
export type ProgrammeDraftedV1 = FromSchema<typeof programmeDraftedV1>;
