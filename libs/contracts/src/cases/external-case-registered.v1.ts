import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const externalCaseRegisteredV1 = {
  $id: 'cases.external-case.registered.v1',
  title: 'A case that a person has in another system is referred to',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['personId'],
  properties: {
    personId: id,
  },
  examples: [{ personId: '0197a000-0000-7000-8000-000000000003' }],
} as const;
export type ExternalCaseRegisteredV1 = FromSchema<typeof externalCaseRegisteredV1>;
