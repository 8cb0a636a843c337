import { EntitySchema } from 'typeorm';
import { Subscription } from './subscription';

interface SubscriptionRow {
  id: string;
  version: number;
  partnerId: string;
  sink: string;
  types: readonly string[];
  createdAt: Date;
  endedAt: Date | null;
}

/** `last_sequence` and `paused_at` belong to dispatching and stay out: they change without the partner's doing. */
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
    createdAt: { name: 'created_at', type: 'timestamptz' },
    endedAt: { name: 'ended_at', type: 'timestamptz', nullable: true },
  },
});
