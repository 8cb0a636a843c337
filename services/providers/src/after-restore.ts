import { afterRestoreService } from '@okienko/chassis/after-restore-service';
import { providersService } from './service';

void afterRestoreService(providersService);
