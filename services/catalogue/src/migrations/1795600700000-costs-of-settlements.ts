import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What approved settlements say that services have cost. `npm run rebuild` fills it with what was said before. */
export class CostsOfSettlements1795600700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table settlement_copy (
         settlement_id uuid not null,
         offer_id uuid not null,
         unit text not null,
         month date not null,
         quantity bigint not null,
         grosze bigint not null,
         sequence int not null,
         as_of timestamptz not null,
         primary key (settlement_id, offer_id, unit)
       )`,
    );
    await runner.query('create index settlement_copy_by_offer on settlement_copy (offer_id, month)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table settlement_copy');
  }
}
