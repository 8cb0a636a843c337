import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `alter table service_order
     add column answer_by date,
     add column suspended_from date,
     add column cancel_reason text`,
  'alter table service_order drop constraint service_order_state_check',
  `alter table service_order add constraint service_order_state_check
     check (state in ('RECEIVED', 'ACCEPTED', 'DECLINED', 'IN_DELIVERY', 'SUSPENDED', 'COMPLETED', 'CANCELLED'))`,
  // Whatever the code does: an allocation is performed under one order at a time.
  `create unique index one_order_in_work on service_order (allocation_id)
   where state in ('ACCEPTED', 'IN_DELIVERY', 'SUSPENDED')`,
  `create index service_order_awaiting_answer on service_order (provider_id, answer_by) where state = 'RECEIVED'`,
];

/** Orders pause, and the centre may take them back. */
export class OrdersTakenBack1795500510000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Orders that were taken back have no state before this migration.');
  }
}
