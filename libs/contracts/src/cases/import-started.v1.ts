import type { FromSchema } from 'json-schema-to-ts';
import { code, count } from '../properties';

export const importStartedV1 = {
  $id: 'cases.import.started.v1',
  title: 'A file from a predecessor’s system is being taken over',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'source', 'dryRun', 'rows'],
  properties: {
    kind: code,
    /** The system that it comes from. */
    source: code,
    dryRun: { type: 'boolean', 'x-data-class': 'code' },
    rows: count,
  },
  examples: [{ kind: 'PERSONS', source: 'POMOST', dryRun: false, rows: 3 }],
} as const;
export type ImportStartedV1 = FromSchema<typeof importStartedV1>;
