import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A message has a rule, an audience and several ways; what the version before it writes has a rule of the template's name and one way. */
export class WaysOfMessages1795700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of steps) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Messages by other ways than e-mail would be lost; restore the backup instead.');
  }
}

const steps: readonly string[] = [
  `alter table message add column addressee_id uuid references person_key, add column rule text,
     add column audience text not null default 'PERSON'
       check (audience in ('PERSON', 'REPRESENTATIVE', 'COORDINATOR', 'ORGANISER', 'PROVIDER')),
     add column standing text not null default 'INFORMATIVE' check (standing in ('LEGAL', 'INFORMATIVE', 'EXTRA')),
     add column matter_id uuid, add column channels jsonb not null default '["EMAIL"]' check (jsonb_array_length(channels) > 0),
     add column channel_at int not null default 0`,
  `alter table message drop constraint message_state_check, drop constraint message_check1,
     add constraint message_state_check check (state in ('QUEUED', 'IN_HANDS', 'SENT', 'FAILED')),
     add constraint message_settled_check check ((state in ('QUEUED', 'IN_HANDS')) = (settled_at is null))`,
  `alter table message drop constraint message_cause_id_person_id_template_key`,
  `create unique index message_once on message
     (cause_id, person_id, coalesce(rule, template), audience, coalesce(addressee_id, person_id))`,
  `create index message_by_matter on message (matter_id) where state = 'QUEUED'`,
];
