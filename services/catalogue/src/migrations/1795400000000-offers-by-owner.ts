import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For the list of bodies whose services are told of. Service versions before this one do not notice it. */
export class OffersByOwner1795400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index service_offer_by_owner on service_offer ((content->'informationOnly'->>'owner')) where state = 'PUBLISHED'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index service_offer_by_owner');
  }
}
