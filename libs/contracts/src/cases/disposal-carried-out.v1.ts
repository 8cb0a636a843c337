import type { FromSchema } from 'json-schema-to-ts';
import { count, date } from '../properties';

export const disposalCarriedOutV1 = {
  $id: 'cases.disposal.carried-out.v1',
  title: 'Every file of a disposal has been erased, or kept for a reason that arose since',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['carriedOutOn', 'erased', 'kept'],
  properties: { carriedOutOn: date, erased: count, kept: count },
  examples: [{ carriedOutOn: '2037-01-10', erased: 111, kept: 1 }],
} as const;
export type DisposalCarriedOutV1 = FromSchema<typeof disposalCarriedOutV1>;
