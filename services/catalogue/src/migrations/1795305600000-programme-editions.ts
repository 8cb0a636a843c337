import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An edition in preparation, and those that were. Service versions before this one leave both alone. */
export class ProgrammeEditions1795305600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table programme
      add column amendment jsonb,
      add column former jsonb not null default '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table programme drop column amendment, drop column former');
  }
}
