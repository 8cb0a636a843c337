import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `create table project (
     id uuid primary key,
     version int not null,
     code text not null constraint project_code_is_unique unique,
     fund text not null,
     name text not null,
     valid_from date not null,
     valid_to date not null,
     indicators jsonb not null,
     constraint project_in_order check (valid_from <= valid_to)
   )`,
  // Kept with the papers of the project: Regulation (EU) 2021/1060, art. 82.
  `create table project_participation (
     id uuid primary key,
     version int not null,
     unit text not null,
     terc text not null,
     project_id uuid not null references project,
     person_id uuid not null references person,
     application_id uuid references application,
     state text not null check (state in ('PARTICIPATING', 'TERMINATED')),
     declared_on date not null,
     statement_version text not null,
     entry_indicators bytea not null,
     exit_indicators bytea,
     later_indicators bytea,
     terminated_on date,
     reason_code text,
     legal_hold text not null check (legal_hold = 'EU_PROJECT'),
     started_by text not null,
     constraint one_participation_in_a_project unique (project_id, person_id),
     constraint terminated_with_its_reason check ((state = 'TERMINATED') = (terminated_on is not null and reason_code is not null)),
     constraint participation_in_order check (declared_on <= terminated_on)
   )`,
  'create index project_participation_by_person on project_participation (person_id, id)',
  // Whoever takes data out is told from who reads them.
  `alter table access_log drop constraint access_log_act_check,
     add constraint access_log_act_check check (act in ('READ', 'WRITE', 'SEARCH', 'EXPORT'))`,
];

/** EU projects, and who takes part in them. */
export class EuProjects1795500900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  /** The access log keeps what it has learned: it cannot forget an export. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table project_participation, project');
  }
}
