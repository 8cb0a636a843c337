import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `alter table application
     add column applicant_person_id uuid references person,
     add column clause_shown jsonb,
     add column need_report_id uuid,
     -- Ciphertext: what was stated and shown can tell of health.
     add column facts bytea,
     add column coordinator text,
     add column completion_call jsonb,
     -- Ciphertext of the codes of what is missing, as they can tell of health as well.
     add column missing bytea,
     add column delays jsonb not null default '[]',
     add constraint incomplete_with_its_call check
       (completion_call is not null or not jsonb_path_exists(items, '$[*] ? (@.state == "INCOMPLETE")')),
     add constraint forwarded_with_its_target check
       (not jsonb_path_exists(items, '$[*] ? (@.state == "FORWARDED" && !exists(@.forwarding))'))`,
  `create index application_by_coordinator on application (coordinator, id) where coordinator is not null`,
  // What a person was granted and has used before, asked for at every qualification.
  `create index service_place_by_person on service_place (person_id) where released_at is null`,
  `create index allocation_by_person_and_offer on allocation (person_id, offer_id)`,
];

/** All that belongs to an application: who applies, what was stated and shown, who sees to it, and what it was late by. */
export class ApplicationsAsAWhole1795500200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index allocation_by_person_and_offer, service_place_by_person');
    await runner.query(`alter table application drop constraint forwarded_with_its_target, drop column applicant_person_id,
      drop column clause_shown, drop column need_report_id, drop column facts, drop column coordinator, drop column completion_call,
      drop column missing, drop column delays`);
  }
}
