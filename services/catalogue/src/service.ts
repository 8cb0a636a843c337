import { keyRingOf } from '@okienko/chassis/key-ring';
import type { ServiceDefinition } from '@okienko/chassis/start-service';
import { CatalogueModule } from './catalogue.module';
import { CatalogueConfig } from './config';
import { mappings } from './data-source';
import { migrations } from './migrations';
import { sealedPlaces } from './sealed-places';

export const catalogueService: ServiceDefinition<CatalogueConfig> = {
  name: 'catalogue',
  module: CatalogueModule,
  config: CatalogueConfig,
  mappings,
  migrations,
  sealed: {
    keyRing: (config) => keyRingOf(config, config.MASTER_KEY, config.RECEIPT_KEY),
    places: sealedPlaces,
  },
  projections: [
    {
      name: 'capacities',
      owner: 'providers',
      aggregates: ['capacity'],
      tables: [{ name: 'capacity_copy' }, { name: 'capacity_place' }],
    },
    {
      name: 'applications',
      owner: 'cases',
      aggregates: ['application'],
      tables: [{ name: 'application_item_copy' }, { name: 'need_report_application' }],
    },
    { name: 'allocations', owner: 'cases', aggregates: ['allocation'], tables: [{ name: 'allocation_copy' }] },
    { name: 'deliveries', owner: 'providers', aggregates: ['delivery'], tables: [{ name: 'delivery_copy' }] },
    { name: 'settlements', owner: 'providers', aggregates: ['settlement'], tables: [{ name: 'settlement_copy' }] },
    { name: 'providers', owner: 'providers', aggregates: ['provider'], tables: [{ name: 'provider_copy' }] },
  ],
  publicReads: true,
};
