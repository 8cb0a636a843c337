import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const standardApprovedV1 = {
  $id: 'providers.standard.approved.v1',
  title: 'The director has approved a standard of quality for a service (art. 24(2)(2))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['offerId', 'edition', 'basis', 'from'],
  properties: {
    offerId: id,
    edition: count,
    basis: { type: 'string', enum: ['LAW', 'CENTRE'], 'x-data-class': 'code' },
    /** First day. The edition before it ends the day before. */
    from: date,
  },
  examples: [{ offerId: '0197a000-0000-7000-8000-000000000002', edition: 2, basis: 'CENTRE', from: '2026-03-02' }],
} as const;
export type StandardApprovedV1 = FromSchema<typeof standardApprovedV1>;
