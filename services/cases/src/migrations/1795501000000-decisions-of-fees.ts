import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A decision on an unpaid fee is found by its id. */
export class DecisionsOfFees1795501000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index fee_by_decision on fee using gin (decisions jsonb_path_ops)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index fee_by_decision');
  }
}
