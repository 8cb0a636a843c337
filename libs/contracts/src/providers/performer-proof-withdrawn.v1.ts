import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const performerProofWithdrawnV1 = {
  $id: 'providers.performer.proof-withdrawn.v1',
  title: 'A qualification or condition of a performer counts no more',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'proofKind', 'code', 'withdrawnOn'],
  properties: {
    providerId: id,
    proofKind: { type: 'string', enum: ['QUALIFICATION', 'CONDITION'], 'x-data-class': 'code' },
    code,
    allocationId: id,
    withdrawnOn: date,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      proofKind: 'QUALIFICATION',
      code: 'FIRST_AID',
      withdrawnOn: '2026-03-02',
    },
  ],
} as const;
export type PerformerProofWithdrawnV1 = FromSchema<typeof performerProofWithdrawnV1>;
