import type { FromSchema } from 'json-schema-to-ts';
import { code, slug, terc } from '../properties';

export const officeRegisteredV1 = {
  $id: 'catalogue.office.registered.v1',
  title: 'An office that offers services has entered the directory',
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
export type OfficeRegisteredV1 = FromSchema<typeof officeRegisteredV1>;
