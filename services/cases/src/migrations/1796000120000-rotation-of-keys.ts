import { keyRotationTable } from '@okienko/privacy/key-rotation';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // Identifiers stand beside the names, under each version of the index key that is known: nobody has one twice, also while it is rotated.
  `alter table person_match
     drop constraint person_match_kind_check,
     add constraint person_match_kind_check check (kind in ('NAMES', 'FAMILY_NAME', 'IDENTIFIER')),
     add column key_version int not null default 1`,
  `create unique index person_identifier_is_unique_in_any_version on person_match (index) where kind = 'IDENTIFIER'`,
  `insert into person_match (person_id, kind, index)
     select id, 'IDENTIFIER', identifier_index from person where identifier_index is not null`,
  // A document stays what it was; whoever owns the table may seal it anew, which leaves its digest as it is.
  'drop trigger issued_document_stays on issued_document',
  `create trigger issued_document_stays before update of pdf_sha256, html_sha256 or delete or truncate on issued_document
   for each statement execute function refuse_change()`,
  `create function refuse_change_but_by_owner() returns trigger language plpgsql as $$
   begin
     if not exists (select from pg_class where oid = tg_relid and pg_get_userbyid(relowner) = current_user) then
       raise exception '% is append-only', tg_table_name;
     end if;
     return null;
   end $$`,
  `create trigger issued_document_is_sealed_by_owner before update of pdf, html on issued_document
   for each statement execute function refuse_change_but_by_owner()`,
  // GDPR art. 18: stored, and nothing else done with it but for legal claims.
  `alter table person add column restriction jsonb`,
];

/** Keys are rotated while the service goes on, and the processing of somebody's data can be restricted. */
export class RotationOfKeys1796000120000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const [{ schema }] = (await runner.query('select quote_ident(current_schema()) as schema')) as [{ schema: string }];
    await runner.query(keyRotationTable(schema));
    for (const sql of statements) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error(
      'What is indexed under two keys, and whose data are restricted, has no place before this migration.',
    );
  }
}
