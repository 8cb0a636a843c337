import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages that staff pass on, the letters that are printed together, and tasks that are tried again. */
export class HandJobs1795700500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of steps) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('What staff recorded of deliveries would be lost; restore the backup instead.');
  }
}

const steps: readonly string[] = [
  `create table print_run (
     id uuid primary key,
     version int not null check (version > 0),
     taken_by text not null,
     taken_at timestamptz not null,
     lease_until timestamptz not null,
     letters int not null check (letters >= 0),
     state text not null check (state in ('OPEN', 'CONFIRMED', 'LAPSED')),
     posted_on date,
     check ((state = 'CONFIRMED') = (posted_on is not null))
   )`,
  `create index print_run_open on print_run (lease_until) where state = 'OPEN'`,
  `create table hand_job (
     id uuid primary key,
     version int not null check (version > 0),
     message_id uuid not null references message,
     person_id uuid not null references person_key,
     channel text not null check (channel in ('LETTER', 'COLLECTION', 'EDORECZENIA')),
     is_proof_needed boolean not null,
     put_at timestamptz not null,
     due_on date not null,
     state text not null check (state in ('WAITING', 'TAKEN', 'DONE', 'RETURNED', 'CANCELLED')),
     taken_by text,
     lease_until timestamptz,
     print_run_id uuid references print_run,
     dispatched_on date,
     evidence_no text,
     notice_left_on date check (notice_left_on >= dispatched_on),
     fiction_on date,
     received_on date check (received_on >= dispatched_on),
     receipt_basis text check (receipt_basis in ('RECEIPT', 'FICTION')),
     reason_code text,
     collected_by uuid,
     unique (message_id, channel),
     check ((state = 'TAKEN') = (lease_until is not null)),
     check (state <> 'TAKEN' or taken_by is not null),
     check (state <> 'DONE' or dispatched_on is not null),
     check (state not in ('RETURNED', 'CANCELLED') or reason_code is not null),
     check ((received_on is null) = (receipt_basis is null)),
     check (received_on is null or state = 'DONE')
   )`,
  `create index hand_job_by_state on hand_job (channel, state, id)`,
  `create index hand_job_of_run on hand_job (print_run_id, id) where print_run_id is not null`,
  `create index hand_job_leased on hand_job (lease_until) where state = 'TAKEN' and print_run_id is null`,
  `create index hand_job_waiting on hand_job (due_on) where state = 'WAITING'`,
  `create index hand_job_under_way on hand_job (fiction_on)
     where state = 'DONE' and received_on is null and fiction_on is not null`,
  `alter table task add column message_id uuid references message, add column due_on date,
     add column tries int not null default 0, add column is_with_organiser boolean not null default false`,
  `alter table task drop constraint task_cause_id_person_id_template_key`,
  `create unique index task_once on task (cause_id, person_id, template, coalesce(message_id, person_id))`,
  `create index task_by_message on task (message_id) where message_id is not null`,
];
