import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Attempts, evidence and the state of gateways; the version before it sends by e-mail as ever and leaves no evidence. */
export class SendingAndEvidence1795700400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of steps) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Evidence would be lost; restore the backup instead.');
  }
}

const channels = `'EMAIL', 'SMS', 'LETTER', 'COLLECTION', 'EDORECZENIA'`;

const steps: readonly string[] = [
  `alter table message
     add column channel text not null generated always as (coalesce(channels ->> channel_at, 'EMAIL')) stored,
     add column content_hash bytea, add column content_destroyed_at timestamptz,
     drop constraint message_check2,
     add constraint message_content_check check (state <> 'SENT' or content is not null or content_destroyed_at is not null)`,
  `create index message_due_by_channel on message (channel, next_attempt_at) where state = 'QUEUED'`,
  `create index message_by_channel on message (channel, id)`,
  `create index message_with_content on message (settled_at) where content is not null`,
  `create index message_with_hash on message (settled_at) where content_hash is not null`,
  `create table message_attempt (
     message_id uuid not null references message,
     channel text not null check (channel in (${channels})),
     attempt int not null check (attempt > 0),
     at timestamptz not null,
     outcome text not null check (outcome in ('HANDED_OVER', 'IN_HANDS', 'REFUSED', 'NOT_NOW')),
     code text,
     provider_id text,
     primary key (message_id, channel, attempt)
   )`,
  `create table message_evidence (
     id uuid primary key default gen_random_uuid(),
     message_id uuid not null references message,
     channel text not null check (channel in (${channels})),
     kind text not null check (kind in ('DISPATCHED', 'DELAYED', 'RECEIVED', 'DEEMED_RECEIVED', 'NOT_DELIVERED')),
     on_day date not null,
     at timestamptz not null,
     evidence_no text,
     code text,
     recorded_by text,
     unique (message_id, channel, kind)
   )`,
  `create table gateway (
     channel text primary key check (channel in (${channels})),
     tokens double precision not null default 1,
     refilled_at timestamptz not null default now(),
     failures int not null default 0,
     broken_since timestamptz,
     rests_until timestamptz
   )`,
  `insert into gateway (channel) select unnest(array[${channels}])`,
];
