import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What facets count lies beside the vector, so that a search reads no offer that it does not show. The worker of the search index fills it,
 * as vectors of this version are of another analysis; until then an offer is found and not counted. Earlier versions leave it alone.
 */
export class FacetsOfSearch1796210000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table offer_search add column facets text[]');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table offer_search drop column facets');
  }
}
