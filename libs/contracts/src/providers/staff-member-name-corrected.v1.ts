import type { FromSchema } from 'json-schema-to-ts';
import { actor, id } from '../properties';

export const staffMemberNameCorrectedV1 = {
  $id: 'providers.staff-member.name-corrected.v1',
  title: 'The name of one who acts for a provider has been corrected',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'account'],
  properties: {
    providerId: id,
    account: actor,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', account: 'caritas-07' }],
} as const;
export type StaffMemberNameCorrectedV1 = FromSchema<typeof staffMemberNameCorrectedV1>;
