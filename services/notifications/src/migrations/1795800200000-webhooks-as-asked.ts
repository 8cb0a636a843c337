import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How a subscription is signed, paced and watched, and what is told about it day by day. */
export class WebhooksAsAsked1795800200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of steps) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Sinks that trust a public key would be signed to with a secret; restore the backup instead.');
  }
}

const steps: readonly string[] = [
  `alter table subscription
     add column signature text not null default 'HMAC' check (signature in ('HMAC', 'ED25519')),
     add column posts_per_minute int check (posts_per_minute > 0), add column paced_at timestamptz,
     add column alert_email text, add column alerted text check (alerted in ('BROKEN', 'GIVEN_UP')), add column gave_up_at timestamptz,
     add column digested_to int not null default 0, add column digested_on date`,
  `create table subscription_digest (
     id uuid primary key,
     subscription_id uuid not null references subscription,
     first_sequence int not null,
     last_sequence int not null,
     count int not null,
     sha256 text not null,
     made_at timestamptz not null,
     next_attempt_at timestamptz,
     posted_at timestamptz,
     status int,
     error_code text
   )`,
  `create index subscription_digest_by_subscription on subscription_digest (subscription_id, id)`,
  `create index subscription_digest_due on subscription_digest (next_attempt_at) where next_attempt_at is not null`,
];
