import { lineageColumn } from '@okienko/messaging/tables';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The relay notes which database it has published from, so that one that was restored to an earlier moment is known. */
export class LineageOfDatabase1796000160000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(lineageColumn);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table outbox_relay drop column lineage');
  }
}
