import { operationsViews } from '@okienko/messaging/operations-views';
import { accessLogKeeping, accessLogKeepingUndone } from '@okienko/privacy/access-log-keeping';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The access log is anchored, and gets shorter when its time is over; an operator sees what is about nobody. */
export class AccessLogKeeping1796000140000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...accessLogKeeping(), ...operationsViews()]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of accessLogKeepingUndone()) await runner.query(sql);
  }
}
