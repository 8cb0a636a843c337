import { erasureTable } from '@okienko/privacy/erasures';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of these it has to be known when they changed last: nothing is over before that. */
const matters = ['application', 'individual_plan', 'allocation', 'fee', 'decision', 'past_matter'];
const today = `(now() at time zone 'Europe/Warsaw')::date`;

const changes = [
  'create table last_change (subject_id uuid primary key, changed_on date not null)',
  `create function note_change() returns trigger language plpgsql as $$
   begin
     insert into last_change (subject_id, changed_on) values (new.id, ${today})
     on conflict (subject_id) do update set changed_on = excluded.changed_on where last_change.changed_on <> excluded.changed_on;
     return null;
   end $$`,
  ...matters.flatMap((table) => [
    // Of what was there before, that day is the first that is known.
    `insert into last_change select id, ${today} from ${table}`,
    `create trigger ${table}_change_is_noted after insert or update on ${table} for each row execute function note_change()`,
  ]),
];

const files = [
  'alter table person add column erased_at timestamptz',
  'create index application_by_applicant on application (applicant_person_id) where applicant_person_id is not null',
  `create table legal_hold (
     id uuid primary key,
     version int not null,
     unit text not null,
     person_id uuid not null references person,
     kind text not null,
     placed_by text not null,
     placed_on date not null,
     ended_by text,
     ended_on date,
     reason_code text,
     constraint hold_ended_whole check ((ended_on is null) = (ended_by is null) and (ended_on is null) = (reason_code is null))
   )`,
  'create index legal_hold_by_person on legal_hold (person_id, id)',
  `create table disposal (
     id uuid primary key,
     version int not null,
     unit text not null,
     state text not null check (state in ('PROPOSED', 'APPROVED', 'REJECTED', 'CARRIED_OUT')),
     files int not null check (files > 0),
     proposed_by text not null,
     proposed_on date not null,
     decided_by text,
     decided_on date,
     archive_consent text,
     reason_code text,
     erased int,
     kept int,
     carried_out_on date,
     constraint decided_by_another check (decided_by <> proposed_by or state = 'REJECTED'),
     constraint approved_with_its_consent check (state in ('PROPOSED', 'REJECTED') or archive_consent is not null),
     constraint carried_out_whole check ((state = 'CARRIED_OUT') = (carried_out_on is not null and erased + kept = files))
   )`,
  `create index disposal_under_way on disposal (id) where state = 'APPROVED'`,
  `create table disposal_file (
     disposal_id uuid not null references disposal,
     number int not null,
     person_id uuid not null references person,
     category text not null,
     closed_on date not null,
     kept_until date not null,
     outcome text check (outcome in ('ERASED', 'HELD', 'NOT_YET_DUE')),
     done_at timestamptz,
     primary key (disposal_id, number),
     constraint done_with_its_outcome check ((outcome is null) = (done_at is null))
   )`,
  'create index disposal_file_by_person on disposal_file (person_id)',
  `create index disposal_file_to_do on disposal_file (disposal_id, number) where outcome is null`,
  `create table erasure_request (
     id uuid primary key,
     version int not null,
     unit text not null,
     person_id uuid not null references person,
     state text not null check (state in ('RECEIVED', 'GRANTED', 'REFUSED')),
     received_by text not null,
     received_on date not null,
     answer_by date not null,
     decided_by text,
     decided_on date,
     basis text,
     constraint request_decided_whole check ((state = 'RECEIVED') = (decided_on is null and decided_by is null and basis is null)),
     constraint granted_by_another check (state <> 'GRANTED' or decided_by <> received_by)
   )`,
  'create index erasure_request_by_person on erasure_request (person_id, id)',
  `create unique index one_open_erasure_request on erasure_request (person_id) where state = 'RECEIVED'`,
];

/** An issued document stays as it is, until all that is held about its person goes; sealed anew by whoever owns the table, it keeps its digest. */
const documents = [
  'drop trigger issued_document_stays on issued_document',
  'drop trigger issued_document_is_sealed_by_owner on issued_document',
  `create function keep_issued_document() returns trigger language plpgsql as $$
   begin
     if (new.pdf_sha256, new.html_sha256) = (old.pdf_sha256, old.html_sha256) and (
          new.pdf = '' and new.html = '' and exists (select from person_key where person_id = new.person_id and wrapped is null)
          or new.pdf <> '' and new.html <> ''
            and exists (select from pg_class where oid = tg_relid and pg_get_userbyid(relowner) = current_user)) then
       return new;
     end if;
     raise exception '% is append-only', tg_table_name;
   end $$`,
  `create trigger issued_document_stays before update of pdf, html, pdf_sha256, html_sha256 on issued_document
   for each row execute function keep_issued_document()`,
  `create trigger issued_document_is_not_removed before delete or truncate on issued_document
   for each statement execute function refuse_change()`,
];

/** How long files are kept, what holds them, and how they are disposed of. Earlier versions of the service leave it alone. */
export class RetentionAndErasure1796000130000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const [{ schema }] = (await runner.query('select quote_ident(current_schema()) as schema')) as [{ schema: string }];
    const log = [
      erasureTable(schema),
      `create trigger erasure_is_append_only before update or delete or truncate on erasure
       for each statement execute function refuse_change()`,
    ];
    for (const sql of [...changes, ...files, ...documents, ...log]) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('What was erased stays erased: this migration is not undone.');
  }
}
