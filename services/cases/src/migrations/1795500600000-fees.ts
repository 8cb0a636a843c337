import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  'create sequence fee_reference',
  `create table fee (
     id uuid primary key,
     version int not null,
     unit text not null,
     terc text not null,
     application_id uuid not null references application,
     item_id uuid not null constraint one_fee_per_item unique,
     person_id uuid not null references person,
     programme_id uuid not null,
     programme_version int not null,
     service_code text not null,
     reference text not null constraint fee_reference_is_unique unique,
     account text,
     is_virtual boolean not null,
     due_days int not null check (due_days > 0),
     per text not null,
     period_from date not null,
     period_to date not null,
     rates jsonb not null,
     state text not null check (state in ('NOT_DUE', 'ASSESSED', 'PAID', 'OVERDUE', 'DECISION_ISSUED', 'ENFORCED', 'WAIVED')),
     charges jsonb not null,
     payments jsonb not null,
     decisions jsonb not null,
     due_on date,
     overdue_since date,
     words bytea not null,
     constraint fee_period_in_order check (period_from <= period_to),
     constraint virtual_with_its_account check (account is not null or not is_virtual),
     constraint decided_with_its_decision check (not jsonb_path_exists(charges,
       '$[*] ? ((@.state == "DECISION_ISSUED" || @.state == "ENFORCED") && !exists(@.decisionId))'))
   )`,
  'create unique index virtual_account_of_one_fee on fee (account) where is_virtual',
  'create index fee_by_application on fee (application_id, id)',
  'create index fee_by_person on fee (person_id, id)',
  'create index fee_by_unit on fee (unit, id)',
  'create index fee_by_state on fee (state, id)',
  'create index fee_by_day_of_payment on fee (due_on, id) where due_on is not null',
  'create index fee_overdue on fee (overdue_since, id) where overdue_since is not null',
  'create index fee_overdue_by_unit on fee (unit, overdue_since, id) where overdue_since is not null',
  // Each payment counts once, however often its line comes.
  `create table payment_line (
     id uuid primary key,
     source text not null check (source in ('STATEMENT', 'HAND')),
     booked_on date not null,
     grosze int not null check (grosze > 0),
     bank_reference text not null,
     fee_id uuid references fee,
     result text not null check (result in ('EXACT', 'PART', 'OVER', 'UNMATCHED')),
     details bytea,
     recorded_by text not null,
     recorded_at timestamptz not null default now(),
     constraint payment_counts_once unique (bank_reference, booked_on, grosze),
     constraint unmatched_without_fee check ((result = 'UNMATCHED') = (fee_id is null)),
     constraint words_only_while_unmatched check (details is null or fee_id is null)
   )`,
  'create index payment_line_by_result on payment_line (result, id)',
  // Units by the day of their delivery, and the services of which some wait for the end of their month.
  `create table delivered_unit (
     delivery_id uuid primary key,
     item_id uuid not null,
     delivered_on date not null,
     quantity int not null
   )`,
  'create index delivered_unit_by_item on delivered_unit (item_id, delivered_on)',
  `create table unsettled_item (
     item_id uuid primary key,
     since date not null
   )`,
  'create index unsettled_item_by_day on unsettled_item (since, item_id)',
  // One register of numbers for all decisions: what either table has, the other one refuses by the name of the constraint that it knows.
  `create table fee_decision (
     number text primary key,
     fee_id uuid not null references fee
   )`,
  `create function refuse_used_decision_number() returns trigger language plpgsql as $$
   begin
     perform pg_advisory_xact_lock(hashtextextended('decision number ' || new.number, 0));
     if exists (select from decision where number = new.number) or exists (select from fee_decision where number = new.number) then
       raise unique_violation using constraint = 'decision_number_is_unique', message = 'another decision has this number';
     end if;
     return new;
   end $$`,
  `create trigger decision_number_is_used_once before insert on decision
   for each row execute function refuse_used_decision_number()`,
  `create trigger decision_number_is_used_once before insert on fee_decision
   for each row execute function refuse_used_decision_number()`,
];

/** Fees with their instalments, payments, and the numbers of decisions on what is unpaid. Service versions before this one leave them alone. */
export class Fees1795500600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger decision_number_is_used_once on decision');
    await runner.query('drop table fee_decision, unsettled_item, delivered_unit, payment_line, fee');
    await runner.query('drop function refuse_used_decision_number');
    await runner.query('drop sequence fee_reference');
  }
}
