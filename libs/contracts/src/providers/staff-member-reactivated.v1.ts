import type { FromSchema } from 'json-schema-to-ts';
import { actor, id } from '../properties';

export const staffMemberReactivatedV1 = {
  $id: 'providers.staff-member.reactivated.v1',
  title: 'Somebody acts for the provider again',
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
export type StaffMemberReactivatedV1 = FromSchema<typeof staffMemberReactivatedV1>;
