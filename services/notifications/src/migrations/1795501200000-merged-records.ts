import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of two records of one person one goes on; none does after a merge that was reversed. */
export class MergedRecords1795501200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table merged_record (
         person_id uuid primary key,
         survivor_id uuid check (survivor_id <> person_id),
         sequence int not null check (sequence > 0)
       )`,
    );
    await runner.query(
      'create index merged_record_by_survivor on merged_record (survivor_id) where survivor_id is not null',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table merged_record');
  }
}
