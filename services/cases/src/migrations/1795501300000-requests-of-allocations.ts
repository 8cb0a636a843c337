import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the centre and a provider ask of each other about an allocation. Earlier versions of the service leave it alone. */
export class RequestsOfAllocations1795501300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table allocation add column requests jsonb not null default '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table allocation drop column requests');
  }
}
