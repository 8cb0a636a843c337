import type { FromSchema } from 'json-schema-to-ts';
import { count, id } from '../properties';

export const fileAttachedV1 = {
  $id: 'cases.file.attached.v1',
  title: 'A file has been put into the case file of an application',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'personId', 'bytes', 'scan'],
  properties: {
    applicationId: id,
    personId: id,
    bytes: count,
    // PENDING: nobody reads it before the scanner has.
    scan: { type: 'string', enum: ['UNSCANNED', 'PENDING', 'CLEAN'], 'x-data-class': 'code' },
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      personId: '0197a000-0000-7000-8000-000000000003',
      bytes: 48213,
      scan: 'CLEAN',
    },
  ],
} as const;
export type FileAttachedV1 = FromSchema<typeof fileAttachedV1>;
