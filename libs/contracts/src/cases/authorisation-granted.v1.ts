import type { FromSchema } from 'json-schema-to-ts';
import { actor, date } from '../properties';

export const authorisationGrantedV1 = {
  $id: 'cases.authorisation.granted.v1',
  title: 'An authorisation to decide or approve has been granted (art. 26, 41(1))',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['holder', 'scope', 'validFrom', 'validTo'],
  properties: {
    holder: actor,
    scope: {
      type: 'array',
      maxItems: 200,
      items: { type: 'string', enum: ['APPROVE_PLANS', 'ISSUE_DECISIONS'], 'x-data-class': 'code' },
    },
    validFrom: date,
    validTo: date,
  },
  examples: [{ holder: 'director-1', scope: ['APPROVE_PLANS'], validFrom: '2026-03-02', validTo: '2026-03-02' }],
} as const;
export type AuthorisationGrantedV1 = FromSchema<typeof authorisationGrantedV1>;
