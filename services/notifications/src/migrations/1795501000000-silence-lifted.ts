import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A death may have been recorded wrongly. */
export class SilenceLifted1795501000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table silenced_person add column is_lifted boolean not null default false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('delete from silenced_person where is_lifted');
    await runner.query('alter table silenced_person drop column is_lifted');
  }
}
