import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What each edition of a programme lets the centre collect (art. 5(3)(9)). Editions that were in force before are told of by rebuilding the
 * copy `programmes`; until then nothing is known to be in their scope. Service versions before this one leave the table alone.
 */
export class DataScopes1795450000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table programme_data_scope (
      programme_id uuid not null references programme,
      programme_version int not null,
      categories text[] not null,
      primary key (programme_id, programme_version)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table programme_data_scope');
  }
}
