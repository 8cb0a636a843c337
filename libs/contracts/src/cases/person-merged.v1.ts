import type { FromSchema } from 'json-schema-to-ts';
import { code, id } from '../properties';

export const personMergedV1 = {
  $id: 'cases.person.merged.v1',
  title: 'Two records have been found to be of one person',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['survivorId', 'duplicateId', 'evidence'],
  properties: {
    /** The record that goes on. */
    survivorId: id,
    duplicateId: id,
    evidence: code,
  },
  examples: [
    {
      survivorId: '0197a000-0000-7000-8000-000000000003',
      duplicateId: '0197a000-0000-7000-8000-000000000013',
      evidence: 'IDENTITY_DOCUMENT',
    },
  ],
} as const;
export type PersonMergedV1 = FromSchema<typeof personMergedV1>;
