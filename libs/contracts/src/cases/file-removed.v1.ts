import type { FromSchema } from 'json-schema-to-ts';
import { code, id } from '../properties';

export const fileRemovedV1 = {
  $id: 'cases.file.removed.v1',
  title: 'A file has been taken out of the case file and its content destroyed',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'personId', 'reasonCode'],
  properties: { applicationId: id, personId: id, reasonCode: code },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      personId: '0197a000-0000-7000-8000-000000000003',
      reasonCode: 'WRONG_PERSON',
    },
  ],
} as const;
export type FileRemovedV1 = FromSchema<typeof fileRemovedV1>;
