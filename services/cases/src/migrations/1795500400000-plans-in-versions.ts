import type { MigrationInterface, QueryRunner } from 'typeorm';

const states = `'DRAFT', 'AGREED', 'PENDING_APPROVAL', 'APPROVED', 'ACTIVE', 'ENDED', 'SUMMARISED', 'CLOSED', 'ABANDONED'`;

const plans = [
  `alter table individual_plan
     add column coordinator text,
     add column plan_version int not null default 1,
     add column update_drafted_at timestamptz,
     add column open_update jsonb,
     add column open_update_texts bytea,
     add column abandonment jsonb`,
  `update individual_plan set coordinator = drafter`,
  `alter table individual_plan drop constraint individual_plan_state_check, drop constraint agreed_before_approval,
     drop constraint in_force_with_approval`,
  `alter table individual_plan
     add constraint individual_plan_state_check check (state in (${states})),
     add constraint agreed_before_approval check (state in ('DRAFT', 'ABANDONED') or agreement is not null),
     add constraint in_force_with_approval
       check (state in ('DRAFT', 'AGREED', 'PENDING_APPROVAL', 'ABANDONED') or approval is not null),
     add constraint updated_while_in_force check (open_update is null or state in ('APPROVED', 'ACTIVE')),
     add constraint update_with_its_texts check ((open_update is null) = (open_update_texts is null)),
     add constraint abandoned_with_its_reason check ((state = 'ABANDONED') = (abandonment is not null))`,
  `create index individual_plan_by_start on individual_plan (period_from) where state = 'APPROVED'`,
];

const parts = [
  // What was in force before the version that is; written once, when that one was approved.
  `create table plan_version (
     plan_id uuid not null references individual_plan,
     plan_version int not null,
     drafter text not null,
     drafted_at timestamptz not null,
     period_from date not null,
     period_to date not null,
     items jsonb not null,
     texts bytea not null,
     agreement jsonb not null,
     approval jsonb not null,
     replaced_on date not null,
     primary key (plan_id, plan_version),
     constraint replaced_was_approved_by_another check (approval ->> 'approvedBy' <> drafter)
   )`,
  `create table plan_contact (
     id uuid primary key,
     plan_id uuid not null references individual_plan,
     held_on date not null,
     manner text not null check (manner in ('VISIT', 'AT_CENTRE', 'PHONE', 'REMOTE', 'THROUGH_PROVIDER')),
     outcome text not null,
     note bytea,
     recorded_by text not null,
     recorded_at timestamptz not null
   )`,
  `create index plan_contact_by_plan on plan_contact (plan_id, held_on, id)`,
  `create table plan_need (
     id uuid primary key,
     version int not null,
     unit text not null,
     terc text not null,
     application_id uuid not null references application constraint one_override_per_application unique,
     person_id uuid not null references person,
     need text not null check (need in ('REQUIRED', 'OPTIONAL', 'NOT_NEEDED')),
     reason_code text not null,
     reason bytea not null,
     overridden_by text not null,
     overridden_on date not null
   )`,
];

/** Plans in versions: updates beside the version in force, contacts, the need of a plan, drafts that come to nothing. */
export class PlansInVersions1795500400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...plans, ...parts]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table plan_need, plan_contact, plan_version');
  }
}
