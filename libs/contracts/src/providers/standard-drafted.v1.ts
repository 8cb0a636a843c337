import type { FromSchema } from 'json-schema-to-ts';
import { count, id } from '../properties';

export const standardDraftedV1 = {
  $id: 'providers.standard.drafted.v1',
  title: 'A standard of quality for a service is drafted, or drafted anew (art. 13(1)(7))',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['offerId', 'basis', 'criteria'],
  properties: {
    offerId: id,
    /** Whether a law sets the standard, or the centre does because none does. */
    basis: { type: 'string', enum: ['LAW', 'CENTRE'], 'x-data-class': 'code' },
    /** How many criteria it has. */
    criteria: count,
  },
  examples: [{ offerId: '0197a000-0000-7000-8000-000000000002', basis: 'CENTRE', criteria: 12 }],
} as const;
export type StandardDraftedV1 = FromSchema<typeof standardDraftedV1>;
