import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // Terms of each service in each edition of its programme: cases go on under the edition they were qualified under.
  `create table programme_edition_service (
     programme_id uuid not null references programme,
     programme_version int not null,
     service_code text not null,
     terms jsonb not null,
     primary key (programme_id, programme_version, service_code)
   )`,
  // Clocks that run. Of one kind, one for a subject; events are told of in the order NOTHING, APPROACHING, REACHED, MISSED.
  `create table deadline (
     id uuid primary key default gen_random_uuid(),
     version int not null default 0,
     kind text not null,
     subject_id uuid not null,
     application_id uuid,
     person_id uuid,
     unit text not null,
     terc text not null,
     assignee text,
     awaited text not null check (awaited in ('CENTRE', 'APPLICANT', 'PROVIDER', 'APPEAL_BODY')),
     warn_on date not null,
     due_on date not null,
     basis text not null,
     started_at timestamptz not null default now(),
     told text not null default 'NOTHING' check (told in ('NOTHING', 'APPROACHING', 'REACHED', 'MISSED')),
     ended_at timestamptz,
     ending text check (ending in ('MET', 'DROPPED')),
     constraint warned_before_due check (warn_on <= due_on),
     constraint ended_with_its_ending check ((ended_at is null) = (ending is null))
   )`,
  `create unique index one_deadline_of_a_kind on deadline (kind, subject_id) where ended_at is null`,
  `create index deadline_by_subject on deadline (subject_id) where ended_at is null`,
  `create index deadline_by_application on deadline (application_id) where ended_at is null`,
  // States of the process that later migrations of this version lead into (Act D.2).
  `alter table application drop constraint application_state_check`,
  `alter table application add constraint application_state_check check (state in ('SUBMITTED', 'INCOMPLETE', 'LEFT_UNEXAMINED',
     'FORWARDED', 'WAITLISTED', 'QUALIFIED', 'REFUSAL_PENDING', 'REFUSED', 'APPEALED', 'WITHDRAWN', 'DISCONTINUED'))`,
  `alter table allocation drop constraint allocation_state_check`,
  `alter table allocation add constraint allocation_state_check check (state in ('ALLOCATED', 'REFERRED', 'ACCEPTED', 'DECLINED',
     'IN_DELIVERY', 'SUSPENDED', 'COMPLETED', 'RESIGNED', 'TERMINATED'))`,
];

/** What the parts of the process share: clocks, the terms of each edition, and every state that the Act knows. */
export class GroundworkOfCases1795500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table deadline, programme_edition_service');
  }
}
