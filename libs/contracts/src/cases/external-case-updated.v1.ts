import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const externalCaseUpdatedV1 = {
  $id: 'cases.external-case.updated.v1',
  title: 'What is said of a case in another system has changed',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['personId'],
  properties: {
    personId: id,
  },
  examples: [{ personId: '0197a000-0000-7000-8000-000000000003' }],
} as const;
export type ExternalCaseUpdatedV1 = FromSchema<typeof externalCaseUpdatedV1>;
