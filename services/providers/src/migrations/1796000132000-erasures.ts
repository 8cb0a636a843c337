import { erasureTable } from '@okienko/privacy/erasures';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has been erased, and whose complaints have to follow. */
export class Erasures1796000132000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const [{ schema }] = (await runner.query('select quote_ident(current_schema()) as schema')) as [{ schema: string }];
    await runner.query(erasureTable(schema));
    await runner.query(`create trigger erasure_is_append_only before update or delete or truncate on erasure
      for each statement execute function refuse_change()`);
    await runner.query('create index complaint_of_person on complaint (person_id) where person_id is not null');
  }

  async down(): Promise<void> {
    throw new Error('What was erased stays erased: this migration is not undone.');
  }
}
