import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const performerQualificationExpiringV1 = {
  $id: 'providers.performer.qualification-expiring.v1',
  title: 'A qualification or condition of a performer is about to run out',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'proofKind', 'code', 'to'],
  properties: {
    providerId: id,
    proofKind: { type: 'string', enum: ['QUALIFICATION', 'CONDITION'], 'x-data-class': 'code' },
    code,
    allocationId: id,
    /** Its last day. */
    to: date,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      proofKind: 'QUALIFICATION',
      code: 'FIRST_AID',
      to: '2026-03-02',
    },
  ],
} as const;
export type PerformerQualificationExpiringV1 = FromSchema<typeof performerQualificationExpiringV1>;
