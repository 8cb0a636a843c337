import { keyRingOf } from '@okienko/chassis/key-ring';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import { CasesModule } from './cases.module';
import { CasesConfig } from './config';
import { mappings } from './data-source';
import { migrations } from './migrations/index';
import { objectStoreOf } from './files/files.setup';
import { sealedFilesIn } from './files/sealed-files';
import { reindex } from './persons/reindex.commands';
import { sealedPlaces } from './sealed-places';

export const casesService: ServiceDefinition<CasesConfig> = {
  name: 'cases',
  module: CasesModule,
  config: CasesConfig,
  mappings,
  migrations,
  sealed: {
    keyRing: (config) => keyRingOf(config, config.MASTER_KEY, config.BLIND_INDEX_KEY),
    places: sealedPlaces,
    objects: (config) => sealedFilesIn(objectStoreOf(config)),
    reindex,
  },
  projections: [
    { name: 'offers', owner: 'catalogue', aggregates: ['service-offer'], tables: [{ name: 'offer' }] },
    { name: 'capacities', owner: 'providers', aggregates: ['capacity'], tables: [{ name: 'capacity' }] },
    {
      name: 'programmes',
      owner: 'catalogue',
      aggregates: ['programme'],
      // The limit is never below what is taken, and what is taken this service alone knows.
      tables: [
        { name: 'programme' },
        { name: 'programme_service', own: ['taken', 'expected_persons'] },
        { name: 'programme_data_scope' },
        { name: 'programme_edition_service' },
      ],
    },
  ],
};
