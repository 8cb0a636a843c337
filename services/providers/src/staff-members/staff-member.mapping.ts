import { EntitySchema } from 'typeorm';
import { StaffMember } from './staff-member';

export const staffMemberMapping = new EntitySchema<Pick<StaffMember, keyof StaffMember> & { active: boolean }>({
  name: 'StaffMember',
  target: StaffMember,
  tableName: 'provider_staff',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    providerId: { name: 'provider_id', type: 'uuid' },
    account: { type: 'text' },
    name: { type: 'bytea' },
    active: { type: 'bool' },
  },
});
