import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is told to whom becomes data with a history; the rules that were code are its first editions. */
export class RulesOfMessages1795700200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of steps) await runner.query(sql);
    for (const [number, [code, events, content]] of seeds.entries()) {
      const id = `0197a000-0000-7000-8000-${String(1000 + number).padStart(12, '0')}`;
      const rule = JSON.stringify({ events, audience: 'PERSON', template: code, ...shared, ...content });
      await runner.query(
        `insert into message_rule (id, version, code, edition, in_force_from, is_on, content) values ($1, 0, $2, 1, $3, true, $4)`,
        [id, code, beginning, rule],
      );
      await runner.query(
        `insert into message_rule_edition (rule_id, edition, in_force_from, is_on, content, decided_by, decided_at, reason)
         values ($1, 1, $2, true, $3, 'okienko', $2, 'Zasady, z którymi system zaczął działać.')`,
        [id, beginning, rule],
      );
    }
  }

  async down(): Promise<void> {
    throw new Error('What was decided about messages would be lost; restore the backup instead.');
  }
}

const steps: readonly string[] = [
  // The version counts events; the rules that the service began with had none.
  `create table message_rule (
     id uuid primary key,
     version int not null check (version >= 0),
     code text not null unique,
     edition int not null check (edition > 0),
     in_force_from timestamptz not null,
     is_on boolean not null,
     content jsonb not null
   )`,
  `create table message_rule_edition (
     rule_id uuid not null references message_rule deferrable initially deferred,
     edition int not null check (edition > 0),
     in_force_from timestamptz not null,
     is_on boolean not null,
     content jsonb not null,
     decided_by text not null,
     decided_at timestamptz not null,
     reason text not null,
     primary key (rule_id, edition)
   )`,
  `create trigger message_rule_edition_append_only before update or delete or truncate on message_rule_edition
     for each statement execute function refuse_change()`,
  `alter table message add column edition int, add column part_of jsonb not null default '[]'`,
  `create index message_by_addressee on message (addressee_id) where addressee_id is not null`,
  // Applications with their items, and plans that came to nothing.
  `create table matter (id uuid primary key, part_of uuid, is_withdrawn boolean not null default false)`,
  `create index matter_by_whole on matter (part_of) where part_of is not null`,
  `create table representative (
     id uuid primary key,
     person_id uuid not null,
     representative_id uuid not null,
     valid_from date not null,
     valid_to date
   )`,
  `create index representative_by_person on representative (person_id)`,
  `create table digest_item (
     id uuid primary key,
     cause_id uuid not null,
     person_id uuid not null references person_key,
     addressee_id uuid references person_key,
     rule text not null,
     edition int not null,
     audience text not null check (audience in ('PERSON', 'REPRESENTATIVE')),
     matter_id uuid not null,
     part_of jsonb not null,
     due_at timestamptz not null,
     settled_at timestamptz,
     message_id uuid,
     check (message_id is null or settled_at is not null)
   )`,
  `create unique index digest_item_once on digest_item (cause_id, person_id, rule, audience, coalesce(addressee_id, person_id))`,
  `create index digest_item_due on digest_item (due_at, person_id) where settled_at is null`,
  `create index digest_item_by_person on digest_item (person_id)`,
];

/** Before anything happened that is still told. */
const beginning = '1970-01-01T00:00:00Z';

const shared = {
  standing: 'INFORMATIVE',
  channels: ['EMAIL', 'LETTER', 'COLLECTION'],
  delayMinutes: 0,
  digest: 'NONE',
  stopsOn: ['DEATH'],
  needsProof: false,
  isQuiet: true,
};
const legal = { standing: 'LEGAL' };
/** Appointments and reminders do not go by post. */
const soon = { channels: ['EMAIL', 'SMS'], stopsOn: ['DEATH', 'WITHDRAWAL'] };

const seeds: readonly (readonly [string, readonly string[], object])[] = [
  ['application-received', ['cases.application.submitted.v1'], {}],
  ['completion-requested', ['cases.application.completion-requested.v1'], { ...legal, stopsOn: soon.stopsOn }],
  ['application-forwarded', ['cases.application.forwarded.v1'], legal],
  ['place-offered', ['cases.waiting-list-entry.place-offered.v1'], soon],
  ['talk-arranged', ['cases.needs-recognition.scheduled.v1'], soon],
  ['application-qualified', ['cases.application.qualified.v1'], { ...legal, stopsOn: soon.stopsOn }],
  ['plan-approved', ['cases.plan.approved.v1'], {}],
  ['help-arranged', ['cases.allocation.accepted.v1', 'cases.allocation.accepted.v2'], { stopsOn: soon.stopsOn }],
  ['plan-ended', ['cases.plan.ended.v1'], {}],
  ['plan-closed', ['cases.plan.closed.v1'], {}],
  ['fee-overdue', ['cases.fee.overdue.v1'], { channels: ['EMAIL', 'SMS', 'LETTER'] }],
];
