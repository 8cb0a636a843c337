import type { FromSchema } from 'json-schema-to-ts';

export const personRestrictedV1 = {
  $id: 'cases.person.restricted.v1',
  title: 'The data of a person are to be kept and, but for legal claims, not used',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['ground'],
  properties: {
    ground: {
      type: 'string',
      enum: ['ACCURACY_CONTESTED', 'UNLAWFUL', 'NEEDED_FOR_CLAIMS', 'OBJECTION'],
      'x-data-class': 'code',
    },
  },
  examples: [{ ground: 'ACCURACY_CONTESTED' }],
} as const;
export type PersonRestrictedV1 = FromSchema<typeof personRestrictedV1>;
