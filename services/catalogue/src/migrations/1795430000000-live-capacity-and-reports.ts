import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Copies of what other services say, for free places and for reports. `npm run rebuild` fills them with what was said before. */
export class LiveCapacityAndReports1795430000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [states('ENDED', 'REPORTED'), ...tables]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table yearly_report, closing_information, provider_copy, delivery_copy, allocation_copy, application_item_copy, capacity_place',
    );
    await runner.query('drop function report_stays');
    await runner.query('alter table capacity_copy drop column available_from');
    await runner.query(states('ENDED'));
  }
}

/** The states of a programme whose period is over. */
const states = (...over: readonly string[]): string => {
  const quoted = over.map((state) => `'${state}'`).join(', ');
  return `alter table programme
    drop constraint programme_state_check, drop constraint programme_check2,
    add constraint programme_state_check check
      (state in ('DRAFT', 'CONSULTED', 'ADOPTED', 'PUBLISHED_IN_JOURNAL', 'IN_FORCE', ${quoted})),
    add constraint programme_check2 check ((acts ? 'endedOn') = (state in (${quoted})))`;
};

const tables: readonly string[] = [
  // Unknown of what was copied before; counts as open.
  'alter table capacity_copy add column available_from date',
  `create table capacity_place (
     order_id uuid primary key,
     capacity_id uuid not null,
     until date
   )`,
  'create index capacity_place_by_capacity on capacity_place (capacity_id)',
  // The person is noted from the qualification on: whoever only asked is nobody's business here.
  `create table application_item_copy (
     item_id uuid primary key,
     application_id uuid not null,
     offer_id uuid,
     person_id uuid,
     gmina text,
     state text not null check (state in ('SUBMITTED', 'WAITLISTED', 'QUALIFIED', 'REFUSAL_PENDING', 'REFUSED', 'WITHDRAWN')),
     filed_on date,
     waitlisted_on date,
     -- The first day on which it was no longer open, whatever became of it later.
     settled_on date,
     sequence int not null,
     as_of timestamptz not null
   )`,
  'create index application_item_copy_waited on application_item_copy (offer_id) where waitlisted_on is not null',
  'create index application_item_copy_by_offer on application_item_copy (offer_id)',
  `create table allocation_copy (
     allocation_id uuid primary key,
     offer_id uuid not null,
     person_id uuid not null,
     provider_id uuid,
     gmina text,
     started_on date,
     sequence int not null,
     as_of timestamptz not null
   )`,
  'create index allocation_copy_by_offer on allocation_copy (offer_id)',
  `create table delivery_copy (
     delivery_id uuid primary key,
     allocation_id uuid not null,
     provider_id uuid not null,
     delivered_on date not null,
     quantity int not null,
     unit text not null,
     accepted boolean not null,
     sequence int not null,
     as_of timestamptz not null
   )`,
  'create index delivery_copy_by_allocation on delivery_copy (allocation_id)',
  'create index delivery_copy_by_day on delivery_copy (delivered_on)',
  `create table provider_copy (
     provider_id uuid primary key,
     kind text not null,
     sequence int not null,
     as_of timestamptz not null
   )`,
  `create function report_stays() returns trigger language plpgsql as $$
   begin raise exception 'A report that is fixed does not change.'; end $$`,
  `create table closing_information (
     programme_id uuid primary key references programme,
     document jsonb not null,
     published_on date not null
   )`,
  `create trigger closing_information_stays before update or delete on closing_information
   for each row execute function report_stays()`,
  `create table yearly_report (
     id uuid primary key,
     version int not null check (version > 0),
     state text not null check (state in ('GENERATED', 'APPROVED')),
     terc text not null,
     year int not null,
     figures jsonb not null,
     additions jsonb,
     approved_on date,
     check ((state = 'APPROVED') = (approved_on is not null and additions is not null))
   )`,
  // The seventh digit only tells town from country within a gmina.
  'create unique index yearly_report_once on yearly_report (left(terc, 6), year)',
  `create trigger yearly_report_stays before update or delete on yearly_report
   for each row when (old.state = 'APPROVED') execute function report_stays()`,
];
