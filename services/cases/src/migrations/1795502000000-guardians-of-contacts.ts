import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is written to instead of a person, as it was told last. Earlier versions of the service leave it alone. */
export class GuardiansOfContacts1795502000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table person_contact add column guardian_id uuid');
    await runner.query(
      'create index person_contact_by_guardian on person_contact (guardian_id) where guardian_id is not null',
    );
    await runner.query(
      `create index representation_of_guardians on representation (person_id) where basis in ('PARENT', 'GUARDIAN')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index representation_of_guardians');
    await runner.query('alter table person_contact drop column guardian_id');
  }
}
