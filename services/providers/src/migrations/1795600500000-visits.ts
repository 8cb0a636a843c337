import type { MigrationInterface, QueryRunner } from 'typeorm';

const outcomes = `('DELIVERED', 'CLIENT_ABSENT', 'PROVIDER_ABSENT', 'CANCELLED')`;
const content = `delivered_on date not null,
    quantity int not null,
    started_at timestamptz,
    ended_at timestamptz,
    performer_id uuid,
    place_id uuid,
    outcome text not null,
    absence_cause text`;

const statements = [
  `alter table delivery
     add column started_at timestamptz,
     add column ended_at timestamptz,
     add column performer_id uuid,
     add column place_id uuid,
     add column outcome text not null default 'DELIVERED' check (outcome in ${outcomes}),
     add column absence_cause text,
     add column confirmed_by text check (confirmed_by in ('COORDINATOR', 'RECIPIENT_AT_DESK')),
     add column dispute_cause text,
     add column reject_reason text,
     add column settlement_id uuid,
     add constraint delivery_times check (ended_at > started_at and ended_at <= started_at + interval '24 hours'
       or started_at is null and ended_at is null)`,
  'alter table delivery drop constraint delivery_state_check',
  `alter table delivery add constraint delivery_state_check
     check (state in ('RECORDED', 'ACCEPTED', 'DISPUTED', 'CORRECTED', 'REJECTED'))`,
  `create index delivery_of_performer on delivery (performer_id, started_at) where performer_id is not null`,
  `create index delivery_of_order_by_day on delivery (order_id, delivered_on)`,
  // Whatever the code does: nobody is in two places at once. A range of one id needs no extension, as equality in a gist index would.
  'create type uuid_range as range (subtype = uuid)',
  `alter table delivery add constraint performer_in_one_place exclude using gist (
     uuid_range(performer_id, performer_id, '[]') with &&, tstzrange(started_at, ended_at) with &&)
     where (performer_id is not null and started_at is not null and state <> 'REJECTED'
       and outcome in ('DELIVERED', 'CLIENT_ABSENT'))`,
  `create table delivery_version (
    delivery_id uuid not null references delivery,
    version int not null,
    ${content},
    replaced_at timestamptz not null,
    replaced_by text not null,
    primary key (delivery_id, version)
  )`,
  `create table excess_permit (
    id uuid primary key,
    version int not null,
    order_id uuid not null references service_order,
    allocation_id uuid not null,
    provider_id uuid not null,
    quantity int not null check (quantity >= 1),
    unit text not null,
    reason_code text not null,
    gmina text,
    given_by text not null,
    given_on date not null
  )`,
  'create index excess_permit_of_order on excess_permit (order_id, id)',
  // The id of a schedule is that of its order; a change is added to the plans, and none is ever taken away.
  `create table visit_schedule (
    id uuid primary key references service_order,
    version int not null,
    allocation_id uuid not null,
    provider_id uuid not null,
    gmina text,
    first_day date not null,
    last_day date not null,
    plans jsonb not null
  )`,
  'create index visit_schedule_by_plan on visit_schedule using gin (plans jsonb_path_ops)',
];

/** When somebody is visited, by whom and with what outcome; what is disputed, corrected and permitted beyond the order. */
export class Visits1795600500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Deliveries that were disputed or missed have no state before this migration.');
  }
}
