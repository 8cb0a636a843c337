import type { FromSchema } from 'json-schema-to-ts';
import { code, id, instant } from '../properties';

export const personErasedV1 = {
  $id: 'cases.person.erased.v1',
  title: 'What is held about a person has been made unreadable for good',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['erasedAt', 'basis'],
  properties: {
    erasedAt: instant,
    /** RETENTION_ENDED or ART_17. */
    basis: code,
    /** The disposal it was part of. */
    disposalId: id,
  },
  examples: [
    {
      erasedAt: '2037-01-14T10:00:00.000Z',
      basis: 'RETENTION_ENDED',
      disposalId: '0197a000-0000-7000-8000-000000000091',
    },
  ],
} as const;
export type PersonErasedV1 = FromSchema<typeof personErasedV1>;
