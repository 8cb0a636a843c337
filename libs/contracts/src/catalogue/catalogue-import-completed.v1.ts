import type { FromSchema } from 'json-schema-to-ts';
import { count } from '../properties';

export const catalogueImportCompletedV1 = {
  $id: 'catalogue.catalogue-import.completed.v1',
  title: 'A catalogue of offices and services has been taken in, wholly',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['created', 'updated', 'unchanged'],
  properties: {
    created: count,
    updated: count,
    unchanged: count,
  },
  examples: [{ created: 1, updated: 1, unchanged: 1 }],
} as const;
export type CatalogueImportCompletedV1 = FromSchema<typeof catalogueImportCompletedV1>;
