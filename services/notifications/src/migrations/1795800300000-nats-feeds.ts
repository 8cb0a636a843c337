import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Subscriptions that their partners also read over NATS, and how far each has been laid there. */
export class NatsFeeds1795800300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table nats_feed (
      subscription_id uuid primary key references subscription,
      laid int not null check (laid >= 0),
      granted text,
      round int not null default 0,
      begun_at timestamptz not null,
      ended_at timestamptz
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table nats_feed');
  }
}
