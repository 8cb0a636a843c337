import { accessLogTables } from '@okienko/privacy/access-log';
import { personKeyTable } from '@okienko/privacy/person-keys';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What has been written to the access log stays, whatever the rights of the role that tries; and no id gets a second key. */
const appendOnly: readonly string[] = [
  `create function refuse_change() returns trigger language plpgsql as $$ begin raise exception '% is append-only', tg_table_name; end $$`,
  `create trigger access_log_append_only before update or delete or truncate on access_log for each statement execute function refuse_change()`,
  `create trigger person_key_stays before delete or truncate on person_key for each statement execute function refuse_change()`,
];

const register: readonly string[] = [
  `alter table provider drop constraint provider_kind_check`,
  `alter table provider add constraint provider_kind_check check (kind in ('OWN_UNIT', 'GMINA_OFFICE', 'GMINA_UNIT', 'NGO',
     'SOCIAL_COOPERATIVE', 'PUBLIC_BENEFIT_BODY', 'FIRM', 'MEDICAL_ENTITY', 'NATURAL_PERSON'))`,
  `alter table provider
     add column rpwdl text constraint provider_rpwdl_key unique,
     add column services jsonb not null default '[]',
     add column permits jsonb not null default '[]',
     add column verification text not null default 'UNVERIFIED'
       check (verification in ('UNVERIFIED', 'VERIFIED', 'REJECTED', 'EXPIRED')),
     add column verdict jsonb,
     add column verified_until date,
     add column deactivation jsonb`,
  `create index provider_verified_until on provider (verified_until, id) where verification = 'VERIFIED'`,
  `create table place (
     id uuid primary key,
     version int not null,
     provider_id uuid not null references provider,
     name text not null,
     address text not null,
     terc text,
     latitude float8 check (latitude between -90 and 90),
     longitude float8 check (longitude between -180 and 180),
     accessibility jsonb not null default '[]',
     closed_on date,
     check ((latitude is null) = (longitude is null))
   )`,
  `create index place_of_provider on place (provider_id, id)`,
];

const people: readonly string[] = [
  `create table provider_staff (
     id uuid primary key references person_key,
     version int not null,
     provider_id uuid not null references provider,
     account text not null,
     name bytea not null,
     active bool not null,
     constraint provider_staff_account_key unique (provider_id, account)
   )`,
  // Who did what in the name of a provider. Written with the act, and never changed.
  `create table provider_act (
     id uuid primary key,
     provider_id uuid not null,
     account text not null,
     act text not null,
     subject_id uuid not null,
     at timestamptz not null
   )`,
  `create index provider_act_of_provider on provider_act (provider_id, id)`,
  `create index provider_act_on_subject on provider_act (subject_id, id)`,
  `create trigger provider_act_append_only before update or delete or truncate on provider_act for each statement execute function refuse_change()`,
  `create table performer (
     id uuid primary key references person_key,
     version int not null,
     provider_id uuid not null references provider,
     kind text not null check (kind in ('STAFF', 'VOLUNTEER', 'NEIGHBOUR')),
     name bytea not null,
     first_day date not null,
     left_on date check (left_on >= first_day)
   )`,
  `create index performer_of_provider on performer (provider_id, id)`,
  `create table performer_proof (
     id uuid primary key,
     performer_id uuid not null references performer,
     kind text not null check (kind in ('QUALIFICATION', 'CONDITION')),
     code text not null,
     allocation_id uuid,
     first_day date not null,
     last_day date check (last_day >= first_day),
     evidence_code text not null,
     document bytea,
     recorded_by text not null,
     recorded_on date not null,
     withdrawn_on date,
     warned bool not null default false,
     check (kind = 'CONDITION' or allocation_id is null)
   )`,
  `create index performer_proof_of_performer on performer_proof (performer_id)`,
  `create index performer_proof_to_warn on performer_proof (last_day, id)
     where last_day is not null and withdrawn_on is null and not warned`,
  `create table required_qualification (
     id uuid primary key,
     version int not null,
     offer_id uuid not null,
     code text not null,
     basis text not null,
     first_day date not null,
     last_day date check (last_day >= first_day)
   )`,
  `create index required_qualification_of_offer on required_qualification (offer_id, code)`,
];

/** The register says more of a provider and is verified; those who perform services and act for providers, their names sealed. */
export class RegisterAndPerformers1795600100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const [{ schema }] = (await runner.query('select quote_ident(current_schema()) as schema')) as [{ schema: string }];
    const privacy = [personKeyTable(schema), accessLogTables(schema)];
    for (const sql of [...privacy, ...appendOnly, ...register, ...people]) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('The access log and the keys of people are not dropped by a step back.');
  }
}
