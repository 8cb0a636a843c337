import { EntitySchema } from 'typeorm';
import type { ShownAuthentication } from './authentication';
import type { Filter } from './filter';
import { type Approval, Subscription } from './subscription';
import type { Signature } from './webhook-secret';

interface SubscriptionRow {
  id: string;
  version: number;
  partnerId: string;
  sink: string;
  types: readonly string[];
  filters: readonly Filter[];
  signature: Signature;
  postsPerMinute: number | null;
  alertEmail: string | null;
  createdAt: Date;
  secret: number;
  earlierUntil: Date | null;
  endedAt: Date | null;
  batchSize: number | null;
  authentication: ShownAuthentication | null;
  sealedCredential: Buffer | null;
  credentialVersion: number;
  approval: Approval;
  approvalBy: string | null;
  approvalAt: Date | null;
  approvalReason: string | null;
}

/** `acknowledged`, `paused_at` and `numbers_after` belong to numbering and dispatching and stay out: they change without the partner's doing. */
export const subscriptionMapping = new EntitySchema<SubscriptionRow>({
  target: Subscription,
  name: 'Subscription',
  tableName: 'subscription',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    partnerId: { name: 'partner_id', type: 'text' },
    sink: { type: 'text' },
    types: { type: 'jsonb' },
    filters: { type: 'jsonb' },
    signature: { type: 'text' },
    postsPerMinute: { name: 'posts_per_minute', type: 'int', nullable: true },
    alertEmail: { name: 'alert_email', type: 'text', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz' },
    secret: { name: 'secret_version', type: 'int' },
    earlierUntil: { name: 'earlier_secret_until', type: 'timestamptz', nullable: true },
    endedAt: { name: 'ended_at', type: 'timestamptz', nullable: true },
    batchSize: { name: 'batch_size', type: 'int', nullable: true },
    authentication: { type: 'jsonb', nullable: true },
    sealedCredential: { name: 'sealed_credential', type: 'bytea', nullable: true },
    credentialVersion: { name: 'credential_version', type: 'int' },
    approval: { type: 'text' },
    approvalBy: { name: 'approval_by', type: 'text', nullable: true },
    approvalAt: { name: 'approval_at', type: 'timestamptz', nullable: true },
    approvalReason: { name: 'approval_reason', type: 'text', nullable: true },
  },
});
