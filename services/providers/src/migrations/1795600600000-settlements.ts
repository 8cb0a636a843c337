import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // No keys into agreement and provider: a settlement takes seconds to compute, and its key would hold up orders meanwhile.
  `create table settlement (
     id uuid primary key,
     version int not null,
     agreement_id uuid not null,
     provider_id uuid not null,
     month date not null check (extract(day from month) = 1),
     gmina text,
     state text not null check (state in ('DRAFT', 'SUBMITTED', 'RETURNED', 'CORRECTED', 'CHECKED', 'APPROVED', 'PAID')),
     totals jsonb not null,
     costs jsonb not null default '[]',
     document jsonb,
     acts jsonb not null default '{}',
     constraint settlement_of_month unique (agreement_id, month)
   )`,
  'create index settlement_of_provider on settlement (provider_id, id)',
  'create index settlement_in_state on settlement (state, id)',
  // Its lines are written before the settlement itself.
  `create table settlement_line (
     settlement_id uuid not null,
     no int not null,
     rule text not null,
     day date not null,
     offer_id uuid not null,
     unit text not null,
     quantity int not null,
     price_grosze bigint not null,
     part int not null,
     whole int not null check (whole > 0),
     grosze bigint not null,
     delivery_id uuid,
     outcome text,
     corrects uuid,
     category text,
     primary key (settlement_id, no)
   )`,
  'create index settlement_line_of_delivery on settlement_line (delivery_id) where delivery_id is not null',
  'create index delivery_of_day on delivery (delivered_on, order_id)',
];

/** What providers are owed for a month, line by line. */
export class Settlements1795600600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table settlement_line, settlement');
    await runner.query('drop index delivery_of_day');
  }
}
