import { startService } from '@okienko/chassis/start-service';
import { notificationsService } from './service';

void startService(notificationsService);
