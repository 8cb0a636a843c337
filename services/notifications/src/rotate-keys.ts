import { rotateKeysOfService } from '@okienko/chassis/rotate-keys-service';
import { notificationsService } from './service';

void rotateKeysOfService(notificationsService);
