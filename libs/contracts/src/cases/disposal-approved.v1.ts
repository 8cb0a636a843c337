import type { FromSchema } from 'json-schema-to-ts';
import { actor, count, date } from '../properties';

export const disposalApprovedV1 = {
  $id: 'cases.disposal.approved.v1',
  title: 'A disposal has been approved by somebody else than its proposer',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['approvedOn', 'approvedBy', 'files'],
  properties: { approvedOn: date, approvedBy: actor, files: count },
  examples: [{ approvedOn: '2037-01-10', approvedBy: 'director-jan', files: 112 }],
} as const;
export type DisposalApprovedV1 = FromSchema<typeof disposalApprovedV1>;
