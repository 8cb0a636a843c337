import { migrateService } from '@okienko/chassis/migrate-service';
import { catalogueService } from './service';

void migrateService(catalogueService);
