import type { FromSchema } from 'json-schema-to-ts';
import { code, count } from '../properties';

export const importCompletedV1 = {
  $id: 'cases.import.completed.v1',
  title: 'A file from a predecessor’s system has been gone through, row by row',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'source', 'dryRun', 'created', 'unchanged', 'linked', 'duplicatesProposed', 'refused'],
  properties: {
    kind: code,
    /** The system that it comes from. */
    source: code,
    dryRun: { type: 'boolean', 'x-data-class': 'code' },
    created: count,
    unchanged: count,
    linked: count,
    duplicatesProposed: count,
    refused: count,
  },
  examples: [
    {
      kind: 'PERSONS',
      source: 'POMOST',
      dryRun: false,
      created: 1,
      unchanged: 1,
      linked: 1,
      duplicatesProposed: 1,
      refused: 1,
    },
  ],
} as const;
export type ImportCompletedV1 = FromSchema<typeof importCompletedV1>;
