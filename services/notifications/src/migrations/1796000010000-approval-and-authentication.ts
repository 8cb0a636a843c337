import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Subscriptions that wait for the centre, and how the centre shows a sink who it is. */
export class ApprovalAndAuthentication1796000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of steps) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Subscriptions that nobody has approved would be sent to; restore the backup instead.');
  }
}

const steps: readonly string[] = [
  `alter table partner_grant add column needs_approval boolean not null default false`,
  `alter table subscription
     add column authentication jsonb, add column sealed_credential bytea, add column credential_version int not null default 0,
     add column approval text not null default 'NOT_NEEDED' check (approval in ('NOT_NEEDED', 'AWAITED', 'GIVEN', 'REFUSED')),
     add column approval_by text, add column approval_at timestamptz, add column approval_reason text,
     add column numbers_after bigint, add column tested_at timestamptz[] not null default '{}',
     add check ((authentication is null) = (sealed_credential is null))`,
];
