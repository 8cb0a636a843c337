import { rebuildService } from '@okienko/chassis/rebuild-service';
import { notificationsService } from './service';

void rebuildService(notificationsService);
