import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Subscriptions whose events come several in one post, and which of them went together. */
export class Batches1796000021000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table subscription add column batch_size int check (batch_size between 2 and 100)');
    await runner.query('alter table dispatch add column batch_first int');
  }

  async down(): Promise<void> {
    throw new Error('Sinks that read batches would be posted single events; restore the backup instead.');
  }
}
