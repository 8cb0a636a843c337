import { messagingTables } from '@okienko/messaging/tables';
import { accessLogTables } from '@okienko/privacy/access-log';
import { personKeyTable } from '@okienko/privacy/person-keys';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateNotifications1764748800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const [{ schema }] = (await runner.query('select quote_ident(current_schema()) as schema')) as [{ schema: string }];
    const privacy = [personKeyTable(schema), accessLogTables(schema)];
    for (const sql of [...messagingTables(), ...privacy, ...appendOnly, ...messages, ...partners])
      await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('The first migration is undone by dropping the schema.');
  }
}

/** What has been written to the access log stays, whatever the rights of the role that tries. */
const appendOnly: readonly string[] = [
  `create function refuse_change() returns trigger language plpgsql as $$ begin raise exception '% is append-only', tg_table_name; end $$`,
  `create trigger access_log_append_only before update or delete or truncate on access_log for each statement execute function refuse_change()`,
];

const messages: readonly string[] = [
  `create table recipient (
     person_id uuid primary key references person_key,
     sequence int not null check (sequence > 0),
     name bytea not null,
     email bytea,
     phone bytea,
     language text not null,
     form text not null,
     changed_at timestamptz not null
   )`,
  `create table silenced_person (person_id uuid primary key, since timestamptz not null)`,
  `create table message (
     id uuid primary key,
     version int not null check (version > 0),
     cause_id uuid not null,
     person_id uuid not null references person_key,
     template text not null,
     facts jsonb not null,
     content bytea,
     state text not null check (state in ('QUEUED', 'SENT', 'FAILED')),
     reason_code text,
     queued_at timestamptz not null,
     settled_at timestamptz,
     next_attempt_at timestamptz not null,
     attempts int not null default 0,
     unique (cause_id, person_id, template),
     check ((state = 'FAILED') = (reason_code is not null)),
     check ((state = 'QUEUED') = (settled_at is null)),
     check (state <> 'SENT' or content is not null)
   )`,
  `create index message_due on message (next_attempt_at) where state = 'QUEUED'`,
  `create index message_by_person on message (person_id, id)`,
  `create index message_by_state on message (state, id)`,
  `create table task (
     id uuid primary key,
     version int not null check (version > 0),
     kind text not null check (kind in ('REACH_PERSON')),
     cause_id uuid not null,
     person_id uuid not null,
     template text not null,
     state text not null check (state in ('OPEN', 'COMPLETED')),
     opened_at timestamptz not null,
     outcome text check (outcome in ('SPOKE', 'WROTE', 'NOT_REACHED')),
     completed_by text,
     completed_at timestamptz,
     unique (cause_id, person_id, template),
     check ((state = 'COMPLETED') = (completed_at is not null and completed_by is not null and outcome is not null))
   )`,
  `create index task_by_state on task (state, id)`,
  `create index task_by_person on task (person_id, id)`,
];

const partners: readonly string[] = [
  `create table partner_grant (
     id uuid primary key,
     version int not null check (version > 0),
     partner_id text not null,
     types jsonb not null check (jsonb_typeof(types) = 'array' and types <> '[]'),
     valid_from date not null,
     valid_to date not null check (valid_to >= valid_from),
     given_by text not null,
     given_at timestamptz not null,
     revoked_by text,
     revoked_at timestamptz,
     check ((revoked_by is null) = (revoked_at is null))
   )`,
  `create index partner_grant_in_force on partner_grant (partner_id, valid_to) where revoked_at is null`,
  `create index partner_grant_by_partner on partner_grant (partner_id, id)`,
  `create table subscription (
     id uuid primary key,
     version int not null check (version > 0),
     partner_id text not null,
     sink text not null,
     types jsonb not null check (jsonb_typeof(types) = 'array'),
     created_at timestamptz not null,
     ended_at timestamptz,
     paused_at timestamptz,
     last_sequence int not null default 0
   )`,
  `create index subscription_by_partner on subscription (partner_id, id)`,
  `create index subscription_running on subscription (id) where ended_at is null`,
  // The body is text, byte for byte what was published: jsonb would reorder it, and signatures are over bytes.
  `create table feed_event (
     id uuid primary key,
     name text not null,
     subject uuid not null,
     sequence int not null,
     gmina text,
     body text not null,
     received_at timestamptz not null
   )`,
  `create index feed_event_by_age on feed_event using brin (received_at)`,
  `create table dispatch (
     subscription_id uuid not null references subscription,
     sequence int not null check (sequence > 0),
     event_id uuid not null references feed_event,
     subject uuid not null,
     state text not null default 'PENDING' check (state in ('PENDING', 'DELIVERED', 'WITHHELD', 'PARKED')),
     attempts int not null default 0,
     first_attempt_at timestamptz,
     next_attempt_at timestamptz not null,
     leased_until timestamptz,
     finished_at timestamptz,
     primary key (subscription_id, sequence),
     unique (subscription_id, event_id),
     check ((state = 'PENDING') = (finished_at is null))
   )`,
  `create index dispatch_waiting on dispatch (subscription_id, (attempts > 0), sequence) where state = 'PENDING'`,
  `create index dispatch_in_order on dispatch (subscription_id, subject, sequence) where state = 'PENDING'`,
  `create index dispatch_under_way on dispatch (subscription_id, leased_until) where state = 'PENDING' and leased_until is not null`,
  `create index dispatch_by_state on dispatch (subscription_id, state, sequence)`,
  `create table dispatch_attempt (
     subscription_id uuid not null,
     sequence int not null,
     attempt int not null,
     at timestamptz not null,
     status int,
     error_code text,
     milliseconds int not null,
     primary key (subscription_id, sequence, attempt),
     foreign key (subscription_id, sequence) references dispatch,
     check (status is not null or error_code is not null)
   )`,
];
