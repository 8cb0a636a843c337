import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const personMergeReversedV1 = {
  $id: 'cases.person.merge-reversed.v1',
  title: 'Two records have been found to be of two persons after all',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['survivorId', 'duplicateId'],
  properties: {
    survivorId: id,
    duplicateId: id,
  },
  examples: [
    { survivorId: '0197a000-0000-7000-8000-000000000003', duplicateId: '0197a000-0000-7000-8000-000000000013' },
  ],
} as const;
export type PersonMergeReversedV1 = FromSchema<typeof personMergeReversedV1>;
