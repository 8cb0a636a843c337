import { erasureTable } from '@okienko/privacy/erasures';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has been erased. What was said to them may be destroyed before a message is out, as after. */
export class Erasures1796000131000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const [{ schema }] = (await runner.query('select quote_ident(current_schema()) as schema')) as [{ schema: string }];
    await runner.query(erasureTable(schema));
    await runner.query(`create trigger erasure_is_append_only before update or delete or truncate on erasure
      for each statement execute function refuse_change()`);
  }

  async down(): Promise<void> {
    throw new Error('What was erased stays erased: this migration is not undone.');
  }
}
