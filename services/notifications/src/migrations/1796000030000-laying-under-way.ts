import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a replica is about to lay on the broker, written before it does: whoever comes after its death can tell how far it came. */
export class LayingUnderWay1796000030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table laying_under_way (
      is_single boolean primary key default true check (is_single),
      subscription_id uuid not null,
      laid int not null,
      count int not null check (count > 0),
      stream_at bigint not null
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table laying_under_way');
  }
}
