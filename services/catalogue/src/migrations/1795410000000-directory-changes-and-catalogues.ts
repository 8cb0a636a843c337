import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What has changed in the public directory, kept by triggers, so that a version of the service that knows nothing of it skips nothing; and
 * the catalogues of offices, taken in and given out.
 */
export class DirectoryChangesAndCatalogues1795410000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...changes, ...catalogues]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table catalogue_entry, catalogue_import, office; drop sequence catalogue_entry_place');
    await runner.query(`alter table service_offer drop constraint service_offer_programme,
      add constraint service_offer_content_check1 check (${namesProgramme}) not valid`);
    await runner.query('drop trigger directory_changed on service_offer; drop trigger directory_changed on programme');
    await runner.query('drop function directory_changed()');
    await runner.query('drop table directory_change; drop sequence directory_change_position');
  }
}

const changes: readonly string[] = [
  'create sequence directory_change_position',
  // One row for each thing that is or was public. The position is null from the change until it has been given, after the commit.
  `create table directory_change (
     kind text not null,
     id uuid not null,
     position bigint,
     at timestamptz not null default clock_timestamp(),
     primary key (kind, id)
   )`,
  'create index directory_change_by_position on directory_change (kind, position)',
  'create index directory_change_pending on directory_change (at) where position is null',
  `create function directory_changed() returns trigger language plpgsql as $$
   begin
     insert into directory_change (kind, id) values (tg_argv[0], new.id)
     on conflict (kind, id) do update set position = null, at = excluded.at;
     return null;
   end $$`,
  `create trigger directory_changed after insert or update on service_offer
   for each row when (new.state <> 'DRAFT') execute function directory_changed('service-offer')`,
  `create trigger directory_changed after insert or update on programme
   for each row when (new.state not in ('DRAFT', 'CONSULTED')) execute function directory_changed('programme')`,
  `insert into directory_change (kind, id) select 'service-offer', id from service_offer where state = 'PUBLISHED'
   union all select 'programme', id from programme where state not in ('DRAFT', 'CONSULTED')`,
];

const namesProgramme = `(content->>'legalTrack' = 'PUS') = (content ? 'programmeId' and content ? 'serviceCode')`;

const catalogues: readonly string[] = [
  // A catalogue lists services under the Act without saying which programme they belong to: they wait for that as drafts.
  `alter table service_offer drop constraint service_offer_content_check1, add constraint service_offer_programme check (${namesProgramme}
     or (content->>'legalTrack' = 'PUS' and state = 'DRAFT' and not content ?| array['programmeId', 'serviceCode']))`,
  'create table office (id uuid primary key, version int not null check (version > 0), key text not null unique, content jsonb not null)',
  'create table catalogue_import (id uuid primary key, version int not null check (version > 0), content jsonb not null)',
  'create sequence catalogue_entry_place',
  // Which offer a record of a catalogue has become; the content itself while it cannot become one.
  `create table catalogue_entry (
     key text primary key,
     office_id uuid not null references office,
     offer_id uuid unique references service_offer,
     content jsonb,
     place bigint not null default nextval('catalogue_entry_place'),
     check ((offer_id is null) <> (content is null))
   )`,
  'create index catalogue_entry_by_place on catalogue_entry (place)',
  'create index catalogue_entry_by_office on catalogue_entry (office_id)',
];
