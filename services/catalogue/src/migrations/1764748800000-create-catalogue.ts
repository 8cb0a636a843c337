import { messagingTables } from '@okienko/messaging/tables';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCatalogue1764748800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...messagingTables(), ...tables]) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('The first migration is undone by dropping the schema.');
  }
}

const tables: readonly string[] = [
  `create table programme (
     id uuid primary key,
     version int not null check (version > 0),
     programme_version int not null check (programme_version > 0),
     state text not null check (state in ('DRAFT', 'CONSULTED', 'ADOPTED', 'PUBLISHED_IN_JOURNAL', 'IN_FORCE', 'ENDED')),
     content jsonb not null check (content->>'validFrom' <= content->>'validTo'),
     acts jsonb not null,
     check (acts ? 'adoption' or state in ('DRAFT', 'CONSULTED')),
     check (acts ? 'journalPublication' or state in ('DRAFT', 'CONSULTED', 'ADOPTED')),
     check ((acts ? 'endedOn') = (state = 'ENDED'))
   )`,
  `create index programme_by_gmina on programme ((content->>'terc'), id)`,
  `create table service_offer (
     id uuid primary key,
     version int not null check (version > 0),
     state text not null check (state in ('DRAFT', 'PUBLISHED', 'WITHDRAWN')),
     content jsonb not null check (jsonb_array_length(content->'areas') between 1 and 14),
     check ((content->>'legalTrack' = 'PUS') = (content ? 'programmeId' and content ? 'serviceCode'))
   )`,
  `create index service_offer_by_state on service_offer (state, id)`,
  `create index service_offer_by_gmina on service_offer ((content->>'terc'), state, id)`,
  `create index service_offer_by_programme on service_offer (((content->>'programmeId')::uuid), state, id)`,
  `create index service_offer_by_area on service_offer using gin ((content->'areas') jsonb_path_ops)`,
  `create table capacity_copy (
     capacity_id uuid primary key,
     offer_id uuid not null,
     provider_id uuid not null,
     places int not null,
     free int not null,
     available_to date not null,
     sequence int not null,
     as_of timestamptz not null
   )`,
  `create index capacity_copy_by_offer on capacity_copy (offer_id)`,
];
