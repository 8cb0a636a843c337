import type { MigrationInterface, QueryRunner } from 'typeorm';

const standards = [
  `create table standard (
     id uuid primary key,
     version int not null,
     offer_id uuid not null,
     state text not null check (state in ('DRAFTED', 'APPROVED')),
     law text,
     criteria jsonb not null,
     drafted_by text not null,
     edition int,
     approved_by text check (approved_by <> drafted_by),
     first_day date,
     check (num_nulls(edition, approved_by, first_day) = case state when 'APPROVED' then 0 else 3 end),
     constraint standard_edition_key unique (offer_id, edition),
     constraint standard_first_day_key unique (offer_id, first_day)
   )`,
  `create table agreement_standard (
     agreement_id uuid not null references agreement,
     offer_id uuid not null,
     standard_id uuid not null references standard,
     primary key (agreement_id, offer_id)
   )`,
];

const inspections = [
  `create table inspection (
     id uuid primary key,
     version int not null,
     provider_id uuid not null references provider,
     agreement_id uuid references agreement,
     offers jsonb not null,
     announced bool not null,
     planned_on date not null,
     planned_by text not null,
     state text not null check (state in ('PLANNED', 'CARRIED_OUT', 'REPORTED', 'CANCELLED')),
     carried_out_on date,
     inspectors jsonb not null default '[]',
     results jsonb not null default '[]',
     report text,
     reported_on date,
     reported_by text,
     cancel_reason text
   )`,
  'create index inspection_of_provider on inspection (provider_id, id)',
  'create index inspection_in_state on inspection (state, id)',
  `create table finding (
     id uuid primary key,
     version int not null,
     inspection_id uuid not null references inspection,
     provider_id uuid not null references provider,
     offer_id uuid,
     criterion text not null,
     severity text not null check (severity in ('MINOR', 'MAJOR', 'CRITICAL')),
     description text not null,
     due_on date not null,
     state text not null check (state in ('OPEN', 'REMEDY_REPORTED', 'CONFIRMED', 'REOPENED')),
     remedy text,
     reported_on date,
     judged_by text,
     judged_on date,
     overdue_told bool not null default false
   )`,
  'create index finding_of_inspection on finding (inspection_id, id)',
  'create index finding_of_provider on finding (provider_id, id)',
  `create index finding_to_tell on finding (due_on, id) where state in ('OPEN', 'REOPENED') and not overdue_told`,
];

// What somebody said, the answer and the position of the provider are sealed under the complaint's own key.
const complaints = [
  `create table complaint (
     id uuid primary key references person_key,
     version int not null,
     provider_id uuid not null references provider,
     offer_id uuid,
     order_id uuid references service_order,
     channel text not null,
     anonymous bool not null,
     person_id uuid check (not anonymous or person_id is null),
     words bytea not null,
     received_on date not null,
     due_on date not null,
     pass_on_by date not null,
     extensions jsonb not null default '[]',
     state text not null check (state in ('RECEIVED', 'UNDER_EXAMINATION', 'ANSWERED', 'WITHDRAWN', 'PASSED_ON')),
     handler text,
     position_code text,
     position_asked_on date,
     position_due_on date,
     position_given_on date,
     position_words bytea,
     outcome text check (outcome in ('FOUNDED', 'PARTLY', 'UNFOUNDED')),
     answer bytea,
     passed_on_to text,
     closed_on date,
     closed_by text,
     overdue_told bool not null default false,
     check ((state = 'ANSWERED') = (outcome is not null and answer is not null)),
     check (state <> 'ANSWERED' or closed_by <> handler)
   )`,
  'create index complaint_of_provider on complaint (provider_id, id)',
  'create index complaint_in_state on complaint (state, id)',
  `create index complaint_to_tell on complaint (due_on, id)
     where state in ('RECEIVED', 'UNDER_EXAMINATION') and not overdue_told`,
];

/** What services are held to, who looks whether they are, and what is complained of. */
export class Quality1795600800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...standards, ...inspections, ...complaints]) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('What was found and complained of has no place before this migration.');
  }
}
