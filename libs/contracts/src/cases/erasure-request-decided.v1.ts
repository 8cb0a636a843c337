import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const erasureRequestDecidedV1 = {
  $id: 'cases.erasure-request.decided.v1',
  title: 'A request for erasure has been answered',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'decision', 'basis', 'decidedOn'],
  properties: {
    personId: id,
    /** GRANTED or REFUSED. */
    decision: code,
    /** ART_17_1, or what obliges the centre to keep the data: ART_17_3_B, for example. */
    basis: code,
    decidedOn: date,
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      decision: 'REFUSED',
      basis: 'ART_17_3_B',
      decidedOn: '2026-11-20',
    },
  ],
} as const;
export type ErasureRequestDecidedV1 = FromSchema<typeof erasureRequestDecidedV1>;
