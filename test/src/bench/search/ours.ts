import { SearchIndexWorker } from '@okienko/catalogue/search/search-index.worker';
import { SearchQueries } from '@okienko/catalogue/search/search.queries';
import { ServiceOfferQueries } from '@okienko/catalogue/service-offers/service-offers.queries';
import { catalogueService } from '@okienko/catalogue/service';
import type { ServiceAccess } from '@okienko/local/databases';
import { Clock } from '@okienko/messaging/clock';
import { dataSource } from '@okienko/messaging/data-source';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { pino } from 'pino';
import type { DataSource } from 'typeorm';
import type { Searcher } from './rivals';

export const openCatalogue = (access: ServiceAccess): Promise<DataSource> =>
  dataSource({
    url: access.app,
    mappings: catalogueService.mappings,
    migrations: [],
    name: 'benchmark',
    poolSize: 4,
  }).initialize();

/** The search of the API itself: words, synonyms, corrections, ranking, facets and the offers that are shown. */
export function ourSearcher(source: DataSource): Searcher {
  const clock = new Clock();
  const queries = new SearchQueries(source, new ServiceOfferQueries(source, clock), clock);
  return {
    name: 'ours',
    find: async (q, limit) => {
      const result = await queries.search({ q, limit });
      JSON.stringify(result);
      return result.items.map(({ id }) => id);
    },
    close: () => source.destroy(),
  };
}

/** The worker that counts the vocabulary, as the service runs it; Nest would give it its log. */
export const indexWorker = (source: DataSource): SearchIndexWorker =>
  Object.assign(new SearchIndexWorker(source, new UnitOfWork(source, new Clock())), { log: pino({ level: 'warn' }) });
