import { accessLogTables } from '@okienko/privacy/access-log';
import { personKeyTable } from '@okienko/privacy/person-keys';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reports of needs, with what keeps their words private; the diagnosis, and the community plan. */
export class NeedsOfTheCommunity1795420000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const [{ schema }] = (await runner.query('select quote_ident(current_schema()) as schema')) as [{ schema: string }];
    for (const sql of [personKeyTable(schema), accessLogTables(schema), ...appendOnly, ...tables])
      await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table community_plan, diagnosis_in_force, diagnosis, need_report, access_log, access_log_head, person_key; drop function refuse_change()',
    );
  }
}

/** What has been written to the access log stays, whatever the rights of the role that tries; and no id gets a second key. */
const appendOnly: readonly string[] = [
  `create function refuse_change() returns trigger language plpgsql as $$ begin raise exception '% is append-only', tg_table_name; end $$`,
  `create trigger access_log_append_only before update or delete or truncate on access_log for each statement execute function refuse_change()`,
  `create trigger person_key_stays before delete or truncate on person_key for each statement execute function refuse_change()`,
];

const tables: readonly string[] = [
  `create table need_report (
     id uuid primary key references person_key,
     version int not null check (version > 0),
     state text not null check (state in ('FILED', 'ACKNOWLEDGED', 'FORWARDED', 'DISMISSED')),
     terc text not null,
     reported_by text,
     acts jsonb not null check (acts ? 'filedOn'),
     words bytea,
     receipt_digest bytea not null unique,
     check ((acts ? 'area') = (acts ? 'acknowledgedOn')),
     check ((state = 'FORWARDED') = (acts ? 'applicationId')),
     check ((state = 'DISMISSED') = (acts ? 'reasonCode')),
     check ((state in ('FORWARDED', 'DISMISSED')) = (acts ? 'settledOn')),
     check ((words is null) = (acts ? 'erasedOn'))
   )`,
  `create index need_report_by_state on need_report (state, id)`,
  `create index need_report_by_acknowledgement on need_report ((acts->>'acknowledgedOn'))`,
  `create index need_report_by_settlement on need_report ((acts->>'settledOn')) where words is not null`,
  `create table diagnosis (
     id uuid primary key,
     version int not null check (version > 0),
     state text not null check (state in ('DRAFT', 'CONSULTED', 'ADOPTED', 'SUPERSEDED', 'WITHDRAWN')),
     content jsonb not null check (jsonb_array_length(content->'gminas') > 0),
     acts jsonb not null,
     check ((state in ('ADOPTED', 'SUPERSEDED')) = (acts ? 'adoption')),
     check ((state = 'SUPERSEDED') = (acts ? 'supersededBy'))
   )`,
  `create index diagnosis_by_state on diagnosis (state, id)`,
  `create index diagnosis_by_gmina on diagnosis using gin ((content->'gminas') jsonb_path_ops)`,
  // One diagnosis in force in a gmina, whatever the code does.
  `create table diagnosis_in_force (terc text primary key, diagnosis_id uuid not null references diagnosis)`,
  `create table community_plan (
     id uuid primary key,
     version int not null check (version > 0),
     state text not null check (state in ('DRAFT', 'ADOPTED', 'CLOSED', 'WITHDRAWN')),
     content jsonb not null check (content->>'from' <= content->>'to' and jsonb_array_length(content->'gminas') > 0),
     acts jsonb not null,
     check ((state in ('ADOPTED', 'CLOSED')) = (acts ? 'adoptedOn')),
     check ((state = 'CLOSED') = (acts ? 'evaluation'))
   )`,
  `create index community_plan_by_state on community_plan (state, id)`,
  `create index community_plan_by_gmina on community_plan using gin ((content->'gminas') jsonb_path_ops)`,
];
