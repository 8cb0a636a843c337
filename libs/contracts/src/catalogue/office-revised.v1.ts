import type { FromSchema } from 'json-schema-to-ts';
import { code, slug, terc } from '../properties';

export const officeRevisedV1 = {
  $id: 'catalogue.office.revised.v1',
  title: 'What the directory says of an office has changed',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['key', 'mode'],
  properties: {
    key: slug,
    mode: code,
    terc,
  },
  examples: [{ key: 'teleopieka', mode: 'EXAMPLE', terc: '2861011' }],
} as const;
export type OfficeRevisedV1 = FromSchema<typeof officeRevisedV1>;
