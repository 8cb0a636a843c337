import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // A merge has two ends and no more: what has been merged takes nothing in (see persons/person-merge.ts).
  `alter table person
     add column merged_into uuid references person,
     add column death jsonb,
     add column departure jsonb,
     add constraint not_merged_into_itself check (merged_into <> id)`,
  `create index person_by_survivor on person (merged_into) where merged_into is not null`,
  // Names with the birth date, as keyed hashes of canonical spellings: found by equality, told by nothing.
  `create table person_match (
     person_id uuid not null references person,
     kind text not null check (kind in ('NAMES', 'FAMILY_NAME')),
     index bytea not null,
     primary key (index, kind, person_id)
   )`,
  `create index person_match_by_person on person_match (person_id)`,
  `create table person_merge (
     id uuid primary key,
     survivor_id uuid not null references person,
     duplicate_id uuid not null references person,
     merged_at timestamptz not null,
     merged_by text not null,
     evidence text not null,
     reason bytea not null,
     moved_identifier bytea,
     moved_places uuid[] not null,
     applications int not null,
     reversed_at timestamptz,
     reversed_by text,
     reversal_reason bytea,
     constraint reversed_whole check ((reversed_at is null) = (reversed_by is null) and (reversed_at is null) = (reversal_reason is null))
   )`,
  `create unique index one_merge_of_a_duplicate on person_merge (duplicate_id) where reversed_at is null`,
  `create index person_merge_by_survivor on person_merge (survivor_id)`,
  `create table household (
     id uuid primary key,
     version int not null,
     unit text not null,
     members jsonb not null
   )`,
  `create table household_member (
     household_id uuid not null references household,
     person_id uuid not null references person,
     from_day date not null,
     to_day date,
     primary key (household_id, person_id, from_day),
     constraint membership_in_order check (from_day <= to_day)
   )`,
  `create unique index one_household_at_a_time on household_member (person_id) where to_day is null`,
  `create index household_member_by_person on household_member (person_id)`,
  `create table representation (
     id uuid primary key,
     version int not null,
     unit text not null,
     person_id uuid not null references person,
     representative_id uuid not null references person,
     role text not null check (role in ('STATUTORY_REPRESENTATIVE', 'ACTUAL_CARER')),
     basis text not null,
     ruling bytea,
     valid_from date not null,
     valid_to date,
     recorded_by text not null,
     ended_on date,
     constraint represented_by_another check (person_id <> representative_id),
     constraint representation_in_order check (valid_from <= valid_to)
   )`,
  `create index representation_by_person on representation (person_id, id)`,
  `create index representation_by_representative on representation (representative_id, id)`,
];

/** Who is who: likely duplicates and merges, death and departure, households, and who may apply for whom. */
export class PersonsAndHouseholds1795500100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table representation, household_member, household, person_merge, person_match');
    await runner.query('alter table person drop column departure, drop column death, drop column merged_into');
  }
}
