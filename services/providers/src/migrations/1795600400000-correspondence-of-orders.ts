import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `alter table service_order
     add column first_answer_by date,
     add column reminded_on date,
     add column schedule_code text,
     add column place_id uuid,
     add column requests jsonb not null default '[]',
     add column answer_token jsonb`,
  `create index service_order_to_remind on service_order (answer_by, id)
   where state = 'RECEIVED' and reminded_on is null`,
  'create index service_order_by_request on service_order using gin (requests jsonb_path_ops)',
];

/** The answer to an order may be put off, asked about and given by token; its terms may be asked to change. */
export class CorrespondenceOfOrders1795600400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table service_order drop column first_answer_by, drop column reminded_on,
      drop column schedule_code, drop column place_id, drop column requests, drop column answer_token`);
  }
}
