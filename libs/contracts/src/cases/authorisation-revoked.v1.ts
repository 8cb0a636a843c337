import type { FromSchema } from 'json-schema-to-ts';
import { actor, date } from '../properties';

export const authorisationRevokedV1 = {
  $id: 'cases.authorisation.revoked.v1',
  title: 'An authorisation has been revoked',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['holder', 'revokedOn'],
  properties: {
    holder: actor,
    revokedOn: date,
  },
  examples: [{ holder: 'director-1', revokedOn: '2026-03-02' }],
} as const;
export type AuthorisationRevokedV1 = FromSchema<typeof authorisationRevokedV1>;
