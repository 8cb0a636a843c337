import { migrateService } from '@okienko/chassis/migrate-service';
import { notificationsService } from './service';

void migrateService(notificationsService);
