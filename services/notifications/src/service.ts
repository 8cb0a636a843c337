import { keyRingOf } from '@okienko/chassis/key-ring';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import { NotificationsConfig } from './config';
import { mappings } from './data-source';
import { migrations } from './migrations/index';
import { NotificationsModule } from './notifications.module';
import { afterRestore } from './subscriptions/after-restore';
import { sealedPlaces } from './sealed-places';

export const notificationsService: ServiceDefinition<NotificationsConfig> = {
  name: 'notifications',
  module: NotificationsModule,
  config: NotificationsConfig,
  mappings,
  migrations,
  afterRestore,
  sealed: {
    keyRing: (config) => keyRingOf(config, config.MASTER_KEY, config.WEBHOOK_KEY),
    places: sealedPlaces,
  },
};
