import { afterRestoreService } from '@okienko/chassis/after-restore-service';
import { notificationsService } from './service';

void afterRestoreService(notificationsService);
