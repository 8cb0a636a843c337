import type { MigrationInterface, QueryRunner } from 'typeorm';

const surveys = [
  `create table survey (
     id uuid primary key,
     version int not null,
     order_id uuid not null references service_order,
     allocation_id uuid not null,
     provider_id uuid not null,
     offer_id uuid not null,
     gmina text,
     cause text not null check (cause in ('COMPLETED', 'PERIODIC')),
     round int not null,
     edition date not null,
     answer_by date not null,
     state text not null check (state in ('OPEN', 'ANSWERED', 'DECLINED', 'EXPIRED')),
     channel text check (channel in ('PHONE', 'DESK', 'PAPER', 'TOKEN')),
     token_id uuid,
     constraint survey_of_order unique (order_id, cause, round),
     constraint answered_through_channel check ((state in ('ANSWERED', 'DECLINED')) = (channel is not null))
   )`,
  'create index survey_of_allocation on survey (allocation_id, id)',
  'create index survey_in_state on survey (state, id)',
  `create index survey_open on survey (answer_by, id) where state = 'OPEN'`,
  `create index service_order_served_long on service_order (first_day, id) where state = 'IN_DELIVERY'`,
  // What recipients say has no way back to their survey: an id of its own that tells no time, and a quarter for a day.
  `create table survey_answer (
     id uuid primary key default gen_random_uuid(),
     provider_id uuid not null,
     offer_id uuid not null,
     quarter date not null,
     edition date not null,
     scores jsonb not null
   )`,
  'create index survey_answer_of_provider on survey_answer (provider_id, quarter)',
];

const figures = [
  // Of orders from before, and those that the version before receives, nobody knows when; figures leave them out.
  `alter table service_order
     add column received_at timestamptz,
     add column answered_at timestamptz`,
  `create index service_order_received on service_order (provider_id, received_at) where received_at is not null`,
  'create index delivery_of_provider_by_day on delivery (provider_id, delivered_on)',
  // What the plans of an order come to. They are the authority.
  `create table planned_visit (
     order_id uuid not null references service_order,
     day date not null,
     starts_at timestamptz not null,
     primary key (order_id, day, starts_at)
   )`,
];

/** Recipients are asked what a service was like; how providers perform can be counted. */
export class SurveysAndFigures1795600900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...surveys, ...figures]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table planned_visit, survey_answer, survey');
    await runner.query('drop index delivery_of_provider_by_day, service_order_served_long');
    await runner.query('alter table service_order drop column received_at, drop column answered_at');
  }
}
