import type { MigrationInterface, QueryRunner } from 'typeorm';

const kinds = `('PERSONS', 'HOUSEHOLDS', 'APPLICATIONS', 'HISTORY', 'EXTERNAL_CASES')`;

const statements = [
  `create table data_import (
     id uuid primary key,
     version int not null,
     unit text not null,
     source text not null,
     kind text not null check (kind in ${kinds}),
     dry_run bool not null,
     state text not null check (state in ('RUNNING', 'DONE')),
     sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
     rows int not null check (rows > 0),
     started_by text not null,
     started_as jsonb not null,
     purpose text not null,
     started_at timestamptz not null,
     ended_at timestamptz,
     constraint done_with_its_end check ((state = 'DONE') = (ended_at is not null))
   )`,
  `create index data_import_running on data_import (id) where state = 'RUNNING'`,
  // Ciphertext under the key of the import, for as long as it is not known what became of the row.
  `create table import_row (
     import_id uuid not null references data_import,
     row int not null,
     group_no int not null,
     external_id text,
     content bytea,
     outcome text check (outcome in ('CREATED', 'UNCHANGED', 'LINKED', 'DUPLICATE_PROPOSED', 'REFUSED')),
     code text,
     field text,
     subject_id uuid,
     duplicates uuid[] not null default '{}',
     primary key (import_id, row),
     constraint content_until_its_outcome check ((content is null) = (outcome is not null)),
     constraint refused_with_its_code check ((outcome = 'REFUSED') = (code is not null))
   )`,
  `create index import_row_to_take on import_row (import_id, group_no, external_id collate "C") where outcome is null`,
  // What has been taken over from where, once.
  `create table imported (
     source text not null,
     kind text not null check (kind in ${kinds}),
     external_id text not null,
     subject_id uuid not null,
     digest bytea not null,
     import_id uuid not null references data_import,
     primary key (source, kind, external_id)
   )`,
  'alter table application add column imported_from jsonb',
  `create table past_matter (
     id uuid primary key,
     version int not null,
     unit text not null,
     person_id uuid not null references person,
     imported_from jsonb not null,
     words bytea not null
   )`,
  'create index past_matter_by_person on past_matter (person_id, id)',
  `create table external_case (
     id uuid primary key,
     version int not null,
     unit text not null,
     person_id uuid not null references person,
     system text not null,
     number_index bytea not null,
     particulars bytea not null,
     status text not null check (status in ('OPEN', 'CLOSED')),
     from_day date not null,
     to_day date,
     recorded_by text not null,
     constraint one_reference_to_a_case unique (person_id, system, number_index),
     constraint external_case_in_order check (from_day <= to_day)
   )`,
];

/** What a predecessor's system hands over, and cases that stay in another. */
export class ImportsAndExternalCases1795501100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table imported, import_row, data_import, past_matter, external_case');
    await runner.query('alter table application drop column imported_from');
  }
}
