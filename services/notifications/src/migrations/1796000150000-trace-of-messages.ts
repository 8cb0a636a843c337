import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A message goes out long after the event that it tells of, and is still part of its trace. */
export class TraceOfMessages1796000150000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table message add column traceparent text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table message drop column traceparent');
  }
}
