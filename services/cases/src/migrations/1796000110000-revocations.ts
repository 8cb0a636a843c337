import { revocationTable } from '@okienko/chassis/revocations';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose tokens are refused before their end. Earlier versions of the service leave it alone. */
export class Revocations1796000110000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(revocationTable());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table revocation');
  }
}
