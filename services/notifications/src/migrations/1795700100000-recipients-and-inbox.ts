import type { MigrationInterface, QueryRunner } from 'typeorm';

/** More about a recipient, under the person's key, and what comes into the inboxes of staff. */
export class RecipientsAndInbox1795700100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of steps) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table notice_reading, notice');
    await runner.query('drop function note_change');
    await runner.query('alter table recipient drop column details, drop column guardian_id');
  }
}

const steps: readonly string[] = [
  'alter table recipient add column details bytea, add column guardian_id uuid',
  'create index recipient_by_guardian on recipient (guardian_id) where guardian_id is not null',
  `create table notice (
     id uuid primary key,
     version int not null check (version > 0),
     cause_id uuid not null,
     matter_id uuid not null,
     person_id uuid,
     inbox text not null,
     kind text not null check (kind in ('NOTICE', 'TASK')),
     code text not null,
     opened_at timestamptz not null,
     due_at timestamptz,
     acknowledged_by text,
     acknowledged_at timestamptz,
     escalated_to text,
     escalated_at timestamptz,
     changed_in xid8 not null default pg_current_xact_id(),
     unique (cause_id, code, inbox),
     check ((acknowledged_by is null) = (acknowledged_at is null)),
     check ((escalated_to is null) = (escalated_at is null)),
     check (escalated_at is null or due_at is not null)
   )`,
  'create index notice_in_inbox on notice (inbox, id)',
  'create index notice_escalated on notice (escalated_to, id) where escalated_to is not null',
  'create index notice_open on notice (inbox) where acknowledged_at is null',
  `create index notice_due on notice (due_at, id)
   where due_at is not null and acknowledged_at is null and escalated_at is null`,
  'create index notice_by_change on notice (changed_in)',
  // By this, streams know what they have not told yet: a number of the transaction, unlike a time, misses nothing that commits late.
  `create function note_change() returns trigger language plpgsql as
   $$ begin new.changed_in := pg_current_xact_id(); return new; end $$`,
  'create trigger notice_changed before update on notice for each row execute function note_change()',
  `create table notice_reading (
     notice_id uuid not null references notice,
     sub text not null,
     read_at timestamptz not null,
     read_in xid8 not null default pg_current_xact_id(),
     primary key (notice_id, sub)
   )`,
  'create index notice_reading_by_change on notice_reading (read_in)',
];
