import { afterRestoreService } from '@okienko/chassis/after-restore-service';
import { casesService } from './service';

void afterRestoreService(casesService);
