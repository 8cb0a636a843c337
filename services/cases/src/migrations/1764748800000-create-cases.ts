import { messagingTables } from '@okienko/messaging/tables';
import { accessLogTables } from '@okienko/privacy/access-log';
import { personKeyTable } from '@okienko/privacy/person-keys';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const appendOnly = [
  `create function refuse_change() returns trigger language plpgsql as $$
   begin raise exception '% is append-only', tg_table_name; end $$`,
  `create trigger access_log_is_append_only before update or delete or truncate on access_log
   for each statement execute function refuse_change()`,
  `create trigger person_key_stays before delete or truncate on person_key
   for each statement execute function refuse_change()`,
];

const copies = [
  `create table programme (
     id uuid primary key,
     programme_version int not null,
     terc text not null,
     valid_from date not null,
     valid_to date not null,
     ended_on date
   )`,
  // Never more taken than expected: the row's own condition, whatever the code does (art. 42(2)).
  `create table programme_service (
     programme_id uuid not null references programme,
     service_code text not null,
     programme_version int not null,
     expected_persons int not null,
     queue_rule text not null check (queue_rule in ('NONE', 'FILING_TIME')),
     taken int not null default 0,
     primary key (programme_id, service_code),
     constraint taken_within_limit check (taken between 0 and expected_persons)
   ) with (fillfactor = 70)`,
  `create table offer (
     id uuid primary key,
     programme_id uuid,
     service_code text,
     unit_of_measure text not null,
     published boolean not null
   )`,
  `create table capacity (
     id uuid primary key,
     provider_id uuid not null,
     offer_id uuid not null,
     places int not null,
     free int not null
   )`,
  `create index capacity_by_offer on capacity (offer_id, provider_id)`,
];

const places = [
  // One person cannot hold two places of one service at the same time.
  `create table service_place (
     item_id uuid primary key,
     person_id uuid not null,
     programme_id uuid not null,
     service_code text not null,
     plan_id uuid,
     taken_at timestamptz not null default now(),
     released_at timestamptz,
     ended_at timestamptz,
     constraint used_place_stays_used check (plan_id is null or released_at is null)
   )`,
  `create unique index one_place_per_person on service_place (person_id, programme_id, service_code)
   where released_at is null and ended_at is null`,
  `create table waiting_list_entry (
     item_id uuid primary key,
     programme_id uuid not null,
     service_code text not null,
     filed_at timestamptz not null
   )`,
  `create index waiting_list_by_filing on waiting_list_entry (programme_id, service_code, filed_at, item_id)`,
];

const aggregates = [
  `create table person (
     id uuid primary key,
     version int not null,
     unit text not null,
     terc text not null,
     identifier bytea,
     identifier_index bytea constraint person_identifier_is_unique unique,
     given_name bytea not null,
     family_name bytea not null,
     birth_date bytea,
     registered_at timestamptz not null,
     constraint identifier_is_indexed check ((identifier is null) = (identifier_index is null))
   )`,
  `create table person_contact (
     id uuid primary key references person,
     version int not null,
     contact bytea not null
   )`,
  `create table authorisation (
     id uuid primary key,
     version int not null,
     holder text not null,
     number text not null,
     scope jsonb not null,
     valid_from date not null,
     valid_to date not null,
     recorded_by text not null,
     revoked_on date,
     constraint not_for_oneself check (holder <> recorded_by),
     constraint validity_in_order check (valid_from <= valid_to)
   )`,
  `create index authorisation_by_holder on authorisation (holder, id)`,
  `create table application (
     id uuid primary key,
     version int not null,
     unit text not null,
     person_id uuid not null references person,
     applicant_role text not null check (applicant_role in ('PERSON', 'STATUTORY_REPRESENTATIVE', 'ACTUAL_CARER')),
     channel text not null check (channel in ('DESK', 'WEB_FORM', 'PHONE', 'POST', 'EMAIL')),
     filed_at timestamptz not null,
     clause_version text not null,
     terc text not null,
     received_by text not null,
     state text not null check (state in ('SUBMITTED', 'WAITLISTED', 'QUALIFIED', 'REFUSAL_PENDING', 'REFUSED', 'WITHDRAWN')),
     items jsonb not null,
     constraint no_refusal_without_decision check (not jsonb_path_exists(items, '$[*] ? (@.state starts with "REFUS" && !exists(@.decisionId))'))
   )`,
  `create index application_by_person on application (person_id, id)`,
  `create index application_by_state on application (state, id)`,
  `create index application_by_unit on application (unit, id)`,
  `create index application_by_unit_and_state on application (unit, state, id)`,
  `create table decision (
     id uuid primary key,
     version int not null,
     unit text not null,
     terc text not null,
     kind text not null check (kind in ('REFUSAL')),
     application_id uuid not null references application,
     item_id uuid not null constraint one_decision_per_item unique,
     person_id uuid not null references person,
     number text not null constraint decision_number_is_unique unique,
     legal_basis text not null,
     reasons bytea not null,
     authorisation_id uuid not null references authorisation,
     appeal_days int not null check (appeal_days > 0),
     issued_by text not null,
     issued_on date not null,
     state text not null check (state in ('ISSUED', 'DELIVERED')),
     delivery jsonb,
     constraint delivered_with_its_day check ((state = 'DELIVERED') = (delivery is not null))
   )`,
  `create index decision_by_application on decision (application_id)`,
  `create table needs_recognition (
     id uuid primary key,
     version int not null,
     unit text not null,
     terc text not null,
     application_id uuid not null references application constraint one_recognition_per_application unique,
     person_id uuid not null references person,
     scheduled_for timestamptz not null,
     place text not null check (place in ('CENTRE', 'PLACE_OF_STAY')),
     state text not null check (state in ('SCHEDULED', 'RECORDED')),
     sections bytea,
     recorded_by text,
     recorded_at timestamptz,
     constraint recorded_whole check ((state = 'RECORDED') = (sections is not null and recorded_by is not null and recorded_at is not null))
   )`,
  `create table individual_plan (
     id uuid primary key,
     version int not null,
     unit text not null,
     terc text not null,
     person_id uuid not null references person,
     application_id uuid not null references application,
     drafter text not null,
     drafted_at timestamptz not null,
     draft_due_on date not null,
     drafted_late boolean not null,
     state text not null check (state in ('DRAFT', 'AGREED', 'PENDING_APPROVAL', 'APPROVED', 'ACTIVE', 'ENDED', 'SUMMARISED', 'CLOSED')),
     period_from date not null,
     period_to date not null,
     items jsonb not null,
     texts bytea not null,
     agreement jsonb,
     return_reason text,
     approval jsonb,
     ending jsonb,
     closing_talk jsonb,
     closing_note bytea,
     description bytea,
     closed_on date,
     constraint period_in_order check (period_from <= period_to),
     constraint agreed_before_approval check (state = 'DRAFT' or agreement is not null),
     constraint approved_by_another check (approval ->> 'approvedBy' <> drafter),
     constraint in_force_with_approval check (state in ('DRAFT', 'AGREED', 'PENDING_APPROVAL') or approval is not null)
   )`,
  `create index individual_plan_by_person on individual_plan (person_id, id)`,
  `create index individual_plan_by_application on individual_plan (application_id, id)`,
  `create index individual_plan_by_state on individual_plan (state, id)`,
  `create index individual_plan_by_unit on individual_plan (unit, id)`,
  `create index individual_plan_by_unit_and_state on individual_plan (unit, state, id)`,
  `create table allocation (
     id uuid primary key,
     version int not null,
     unit text not null,
     terc text not null,
     plan_id uuid not null references individual_plan,
     person_id uuid not null references person,
     item_id uuid not null constraint one_allocation_per_item unique,
     offer_id uuid not null,
     period_from date not null,
     period_to date not null,
     quantity int not null check (quantity > 0),
     unit_of_measure text not null,
     state text not null check (state in ('ALLOCATED', 'REFERRED', 'ACCEPTED', 'DECLINED', 'IN_DELIVERY', 'COMPLETED')),
     provider_id uuid,
     attempt int not null,
     order_id uuid,
     decline_reason text,
     delivered_total int not null check (delivered_total >= 0),
     started_on date,
     completed_on date
   )`,
  `create index allocation_by_plan on allocation (plan_id, id)`,
  `create index allocation_by_unit on allocation (unit, id)`,
];

/** Tables of the service in its own schema, with the rules that must hold whatever the code does. */
export class CreateCases1764748800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const [{ schema }] = (await runner.query('select quote_ident(current_schema()) as schema')) as [{ schema: string }];
    const privacy = [personKeyTable(schema), accessLogTables(schema)];
    for (const sql of [...messagingTables(), ...privacy, ...appendOnly, ...copies, ...places, ...aggregates])
      await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('The first migration is undone by dropping the schema.');
  }
}
