import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import { NotificationsConfig } from './config';
import { mappings } from './data-source';
import { migrations } from './migrations/index';
import { NotificationsModule } from './notifications.module';

export const notificationsService: ServiceDefinition<NotificationsConfig> = {
  name: 'notifications',
  module: NotificationsModule,
  config: NotificationsConfig,
  mappings,
  migrations,
};
