import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  'alter table capacity add column place_id uuid, add column latitude double precision, add column longitude double precision',
  // A payment that is for no fee.
  `create table payment_dismissal (
     id uuid primary key references payment_line,
     version int not null,
     grosze int not null,
     reason_code text not null,
     dismissed_by text not null,
     dismissed_on date not null
   )`,
  `alter table payment_line
     drop constraint payment_line_result_check,
     drop constraint unmatched_without_fee,
     add constraint payment_line_result_check check (result in ('EXACT', 'PART', 'OVER', 'UNMATCHED', 'DISMISSED')),
     add constraint unmatched_without_fee check ((result in ('UNMATCHED', 'DISMISSED')) = (fee_id is null)),
     add constraint no_words_once_dismissed check (details is null or result = 'UNMATCHED')`,
];

/** Places know where they are; a payment may be for no fee. */
export class DistancesAndDismissedPayments1795501200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table payment_dismissal');
    await runner.query('alter table payment_line drop constraint no_words_once_dismissed');
    await runner.query('alter table capacity drop column place_id, drop column latitude, drop column longitude');
  }
}
