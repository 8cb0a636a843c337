import { keyRotationTable } from '@okienko/privacy/key-rotation';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys of people are rotated, and people get a copy of what is held about them. */
export class RotationOfKeys1796000120000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const [{ schema }] = (await runner.query('select quote_ident(current_schema()) as schema')) as [{ schema: string }];
    await runner.query(keyRotationTable(schema));
    await runner.query(
      `alter table access_log drop constraint access_log_act_check,
         add constraint access_log_act_check check (act in ('READ', 'WRITE', 'SEARCH', 'EXPORT'))`,
    );
  }

  async down(): Promise<void> {
    throw new Error('What has been taken out stays in the access log.');
  }
}
