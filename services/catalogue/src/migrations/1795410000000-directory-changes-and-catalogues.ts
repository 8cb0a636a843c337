import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What has changed in the public directory. Kept by triggers, so that a version of the service that knows nothing of it skips nothing. */
export class DirectoryChanges1795410000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger directory_changed on service_offer; drop trigger directory_changed on programme');
    await runner.query('drop function directory_changed()');
    await runner.query('drop table directory_change; drop sequence directory_change_position');
  }
}

const statements: readonly string[] = [
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
