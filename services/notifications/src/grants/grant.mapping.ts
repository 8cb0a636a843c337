import { EntitySchema } from 'typeorm';
import { Grant } from './grant';

interface GrantRow {
  id: string;
  version: number;
  partnerId: string;
  types: readonly string[];
  gminas: readonly string[];
  purpose: string;
  validFrom: string;
  validTo: string;
  givenBy: string;
  givenAt: Date;
  revokedBy: string | null;
  revokedAt: Date | null;
  needsApproval: boolean;
}

export const grantMapping = new EntitySchema<GrantRow>({
  target: Grant,
  name: 'Grant',
  tableName: 'partner_grant',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    partnerId: { name: 'partner_id', type: 'text' },
    types: { type: 'jsonb' },
    gminas: { type: 'jsonb' },
    purpose: { type: 'text' },
    validFrom: { name: 'valid_from', type: 'date' },
    validTo: { name: 'valid_to', type: 'date' },
    givenBy: { name: 'given_by', type: 'text' },
    givenAt: { name: 'given_at', type: 'timestamptz' },
    revokedBy: { name: 'revoked_by', type: 'text', nullable: true },
    revokedAt: { name: 'revoked_at', type: 'timestamptz', nullable: true },
    needsApproval: { name: 'needs_approval', type: 'boolean' },
  },
});
