import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const fileScannedV1 = {
  $id: 'cases.file.scanned.v1',
  title: 'A file that waited for the scanner has been scanned; an infected one is destroyed',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'personId', 'verdict'],
  properties: {
    applicationId: id,
    personId: id,
    verdict: { type: 'string', enum: ['CLEAN', 'INFECTED'], 'x-data-class': 'code' },
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      personId: '0197a000-0000-7000-8000-000000000003',
      verdict: 'CLEAN',
    },
  ],
} as const;
export type FileScannedV1 = FromSchema<typeof fileScannedV1>;
