import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const pastMatterRecordedV1 = {
  $id: 'cases.past-matter.recorded.v1',
  title: 'What a predecessor had done for a person has been kept to be read',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['personId'],
  properties: {
    personId: id,
  },
  examples: [{ personId: '0197a000-0000-7000-8000-000000000003' }],
} as const;
export type PastMatterRecordedV1 = FromSchema<typeof pastMatterRecordedV1>;
