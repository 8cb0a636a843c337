import { keyRotationTable } from '@okienko/privacy/key-rotation';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far a rotation of people's keys has come. */
export class RotationOfKeys1796000120000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const [{ schema }] = (await runner.query('select quote_ident(current_schema()) as schema')) as [{ schema: string }];
    await runner.query(keyRotationTable(schema));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table key_rotation');
  }
}
