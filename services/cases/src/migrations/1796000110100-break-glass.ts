import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who opened the matters of a person of another unit, and what was found of it. Earlier versions of the service leave it alone. */
export class BreakGlass1796000110100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table break_glass (
        id uuid primary key,
        version int not null,
        unit text not null,
        person_id uuid not null references person,
        account text not null,
        account_unit text not null,
        reason bytea not null,
        opened_at timestamptz not null,
        until timestamptz not null check (until > opened_at),
        due_on date not null,
        finding text check (finding in ('JUSTIFIED', 'NOT_JUSTIFIED')),
        reviewed_by text check (reviewed_by <> account),
        reviewed_at timestamptz,
        note bytea,
        check (num_nulls(finding, reviewed_by, reviewed_at, note) in (0, 4))
      )`);
    await runner.query('create index break_glass_by_person on break_glass (person_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table break_glass');
  }
}
