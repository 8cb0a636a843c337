import type { FromSchema } from 'json-schema-to-ts';
import { actor, id } from '../properties';

export const staffMemberRecordedV1 = {
  $id: 'providers.staff-member.recorded.v1',
  title: 'A provider has named one who acts under its account',
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
export type StaffMemberRecordedV1 = FromSchema<typeof staffMemberRecordedV1>;
