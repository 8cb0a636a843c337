import { firstSynonyms } from '../search/synonyms';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What offers are found by. All of it follows from `service_offer` and can be made anew. */
export class OfferSearch1795310000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of tables) await runner.query(sql);
    await runner.query('insert into search_synonym (said, meant) select * from unnest($1::text[], $2::text[])', [
      firstSynonyms.map(([said]) => said),
      firstSynonyms.map(([, meant]) => meant),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table offer_search, search_vocabulary, search_shadow, search_synonym; drop sequence offer_search_change',
    );
  }
}

const tables: readonly string[] = [
  'create sequence offer_search_change',
  `create table offer_search (
     offer_id uuid primary key,
     version int not null,
     analysis int not null,
     change bigint not null default nextval('offer_search_change'),
     published boolean not null,
     vector tsvector not null
   )`,
  'create index offer_search_by_vector on offer_search using gin (vector) where published',
  'create index offer_search_by_change on offer_search (change)',
  'create index offer_search_by_analysis on offer_search (analysis)',
  // In how many published offers a stem stands. Counted now and then, so it may lag behind.
  'create table search_vocabulary (stem text primary key, df int not null)',
  // A stem, and what is left of it without one of its letters: two words that differ by a slip share one of these.
  'create table search_shadow (shadow text, stem text, primary key (shadow, stem))',
  // Kept by the office: what people say, and what the directory says.
  'create table search_synonym (said text primary key, meant text not null)',
];
