import type { MigrationInterface, QueryRunner } from 'typeorm';

const decisions = [
  `alter table decision
     add column stands boolean not null default true,
     add column appeal jsonb,
     drop constraint one_decision_per_item,
     drop constraint decision_kind_check,
     add constraint decision_kind_check check (kind in ('REFUSAL', 'PART_REFUSAL')),
     drop constraint decision_state_check,
     add constraint decision_state_check check (state in ('ISSUED', 'DELIVERED', 'APPEALED', 'HANDED_OVER', 'UPHELD', 'QUASHED',
       'REVIEWED', 'APPEAL_WITHDRAWN')),
     drop constraint delivered_with_its_day,
     add constraint delivered_with_its_day check ((state = 'ISSUED') = (delivery is null)),
     add constraint appealed_with_its_day check ((state in ('ISSUED', 'DELIVERED')) = (appeal is null)),
     add constraint stands_until_it_is_gone check (stands = (state not in ('QUASHED', 'REVIEWED')))`,
  'create unique index one_decision_stands_per_item on decision (item_id) where stands',
];

const notices = [
  // Numbers of qualification notices: one after the other in each unit and year, taken in the transaction that uses them.
  `create table notice_register (
     unit text not null,
     year int not null,
     last int not null,
     primary key (unit, year)
   )`,
];

const places = [
  // A place that was given back stays on record: how many there were tells how long others wait.
  'alter table service_place add column id uuid not null default gen_random_uuid()',
  'alter table service_place drop constraint service_place_pkey, add primary key (id)',
  'create unique index one_place_per_item on service_place (item_id) where released_at is null',
  `create index service_place_released on service_place (programme_id, service_code, released_at) where released_at is not null`,
];

const waitingLists = [
  `alter table waiting_list_entry
     add column id uuid not null default gen_random_uuid() constraint waiting_list_entry_id unique,
     add column version int not null default 0,
     add column unit text,
     add column terc text,
     add column application_id uuid,
     add column person_id uuid,
     add column offer_id uuid,
     add column entered_at timestamptz not null default now(),
     add column queued_at timestamptz,
     add column rank int not null default 0,
     add column priority_code text,
     add column tie uuid,
     add column nudge numeric not null default 0,
     add column offered_on date,
     add column answer_by date,
     add column decide_by date,
     add constraint offered_with_its_term check ((offered_on is null) = (answer_by is null))`,
  // What the version before this one writes says whose and which item waits, and when it was filed; the rest is in the application.
  `create function complete_waiting_list_entry() returns trigger language plpgsql as $$
   begin
     if new.application_id is null then
       select a.id, a.person_id, a.unit, a.terc, (i ->> 'offerId')::uuid
       into new.application_id, new.person_id, new.unit, new.terc, new.offer_id
       from application a cross join jsonb_array_elements(a.items) i where i ->> 'id' = new.item_id::text;
     end if;
     new.queued_at := coalesce(new.queued_at, new.filed_at);
     new.tie := coalesce(new.tie, new.item_id);
     return new;
   end $$`,
  `create trigger waiting_list_entry_is_complete before insert or update on waiting_list_entry
   for each row execute function complete_waiting_list_entry()`,
  'update waiting_list_entry set version = 0',
  `alter table waiting_list_entry
     alter column unit set not null, alter column terc set not null, alter column application_id set not null,
     alter column person_id set not null, alter column offer_id set not null, alter column queued_at set not null,
     alter column tie set not null`,
  `create index waiting_list_by_order on waiting_list_entry (programme_id, service_code, queued_at, rank, tie, nudge, item_id)`,
  'create index waiting_list_entry_by_application on waiting_list_entry (application_id)',
];

/** Decisions that can be appealed against, notices of qualification, and waiting lists with offers of freed places. */
export class QualificationAppealsWaitingLists1795500300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...decisions, ...notices, ...places, ...waitingLists]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger waiting_list_entry_is_complete on waiting_list_entry');
    await runner.query('drop function complete_waiting_list_entry');
    await runner.query('drop table notice_register');
  }
}
