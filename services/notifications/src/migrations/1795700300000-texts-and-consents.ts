import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Texts that the centre writes itself, with every edition of them, and what people want to be told besides. */
export class TextsAndConsents1795700300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of steps) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table consent, message_template_edition, message_template');
  }
}

const steps: readonly string[] = [
  `create table message_template (
     id uuid primary key,
     version int not null check (version > 0),
     code text not null unique,
     given_facts jsonb check (jsonb_typeof(given_facts) = 'array'),
     texts jsonb not null check (jsonb_typeof(texts) = 'object')
   )`,
  `create table message_template_edition (
     template_id uuid not null references message_template,
     version int not null,
     language text not null check (language in ('pl', 'pl-x-etr', 'uk', 'en')),
     content jsonb,
     saved_at timestamptz not null,
     saved_by text not null,
     reason text not null,
     primary key (template_id, version, language)
   )`,
  `create trigger message_template_edition_append_only before update or delete or truncate on message_template_edition
     for each statement execute function refuse_change()`,
  `create table consent (
     id uuid primary key,
     version int not null check (version > 0),
     person_id uuid not null references person_key,
     topic text not null,
     channel text not null,
     given_at timestamptz not null,
     given_by text not null,
     ended_at timestamptz,
     ended_by text,
     check (ended_at is not null or ended_by is null)
   )`,
  `create unique index consent_in_force on consent (person_id, topic) where ended_at is null`,
  `create index consent_by_person on consent (person_id, id)`,
];
