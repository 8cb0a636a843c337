import { keyRingOf } from '@okienko/chassis/key-ring';
import type { ServiceDefinition } from '@okienko/chassis/start-service';
import { ProvidersConfig } from './config';
import { mappings } from './data-source';
import { migrations } from './migrations/index';
import { ProvidersModule } from './providers.module';
import { sealedPlaces } from './sealed-places';

export const providersService: ServiceDefinition<ProvidersConfig> = {
  name: 'providers',
  module: ProvidersModule,
  config: ProvidersConfig,
  mappings,
  migrations,
  sealed: {
    keyRing: (config) => keyRingOf(config, config.MASTER_KEY),
    places: sealedPlaces,
  },
  projections: [
    { name: 'offers', owner: 'catalogue', aggregates: ['service-offer'], tables: [{ name: 'service_offer' }] },
  ],
};
