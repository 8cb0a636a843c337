import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const applicationFactsRevisedV1 = {
  $id: 'cases.application.facts-revised.v1',
  title: 'What the applicant stated and showed has been revised',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['personId'],
  properties: {
    personId: id,
  },
  examples: [{ personId: '0197a000-0000-7000-8000-000000000003' }],
} as const;
export type ApplicationFactsRevisedV1 = FromSchema<typeof applicationFactsRevisedV1>;
