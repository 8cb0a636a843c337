import type { FromSchema } from 'json-schema-to-ts';
import { actor, count, date } from '../properties';

export const disposalProposedV1 = {
  $id: 'cases.disposal.proposed.v1',
  title: 'Files whose period is over have been listed for disposal',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['proposedOn', 'proposedBy', 'files'],
  properties: { proposedOn: date, proposedBy: actor, files: count },
  examples: [{ proposedOn: '2037-01-04', proposedBy: 'ous-olga', files: 112 }],
} as const;
export type DisposalProposedV1 = FromSchema<typeof disposalProposedV1>;
