import { afterRestoreService } from '@okienko/chassis/after-restore-service';
import { catalogueService } from './service';

void afterRestoreService(catalogueService);
