import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // What an offer is called, for those who read it in a document. Offers published before are named by rebuilding the copy `offers`.
  'alter table offer add column if not exists name text',
  `create table issued_document (
     id uuid primary key,
     version int not null,
     unit text not null,
     terc text not null,
     person_id uuid not null references person,
     application_id uuid not null references application,
     kind text not null check (kind in ('QUALIFICATION_NOTICE', 'DECISION', 'PLAN', 'PLAN_SUMMARY')),
     subject_id uuid not null,
     subject_version int not null,
     template_version int not null,
     particulars bytea not null,
     pdf bytea not null,
     html bytea not null,
     pdf_sha256 text not null check (pdf_sha256 ~ '^[0-9a-f]{64}$'),
     html_sha256 text not null check (html_sha256 ~ '^[0-9a-f]{64}$'),
     issued_by text not null,
     issued_at timestamptz not null
   )`,
  // Ciphertext does not get smaller.
  'alter table issued_document alter column pdf set storage external, alter column html set storage external',
  'create index issued_document_by_application on issued_document (application_id, id)',
  `create trigger issued_document_stays before update of pdf, html, pdf_sha256, html_sha256 or delete or truncate on issued_document
   for each statement execute function refuse_change()`,
  `create table attached_file (
     id uuid primary key,
     version int not null,
     unit text not null,
     terc text not null,
     person_id uuid not null references person,
     application_id uuid not null references application,
     category text not null check (category in ('APPLICATION', 'EVIDENCE', 'POWER_OF_ATTORNEY', 'CORRESPONDENCE', 'OTHER')),
     media_type text not null,
     bytes int not null check (bytes > 0),
     name bytea not null,
     state text not null check (state in ('AWAITING_SCAN', 'READABLE', 'INFECTED', 'REMOVED')),
     scan text not null check (scan in ('UNSCANNED', 'PENDING', 'CLEAN', 'INFECTED')),
     attached_by text not null,
     attached_at timestamptz not null,
     removed_on date,
     removal_reason text,
     constraint readable_when_scanned check (state <> 'READABLE' or scan in ('UNSCANNED', 'CLEAN')),
     constraint removed_with_its_reason check ((state = 'REMOVED') = (removed_on is not null and removal_reason is not null))
   )`,
  'create index attached_file_by_application on attached_file (application_id, id)',
  `create index attached_file_awaiting_scan on attached_file (id) where state = 'AWAITING_SCAN'`,
  // Objects of the store that no file stands for.
  'create table loose_object (key uuid primary key, sweep_at timestamptz not null)',
  'create index loose_object_by_time on loose_object (sweep_at)',
];

/** Documents the centre issues, and files that staff put into a case. */
export class DocumentsAndFiles1795500800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table issued_document, attached_file, loose_object');
    await runner.query('alter table offer drop column name');
  }
}
