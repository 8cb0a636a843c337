import type { FromSchema } from 'json-schema-to-ts';
import { sealed } from '../properties';

export const personContactChangedV1 = {
  $id: 'cases.person-contact.changed.v1',
  title: 'Contact details of a person, sealed to the notifications service',
  'x-audience': 'internal',
  'x-sealed': true,
  type: 'object',
  additionalProperties: false,
  required: ['recipient'],
  properties: {
    recipient: sealed,
  },
  examples: [{ recipient: 'eyJhbGciOiJFQ0RILUVTIn0..aaaa.bbbb.cccc' }],
} as const;
export type PersonContactChangedV1 = FromSchema<typeof personContactChangedV1>;

/** In place of a recipient who has been erased: it opens nothing, and tells a reader so. */
export const erasedRecipient = 'erased....';
