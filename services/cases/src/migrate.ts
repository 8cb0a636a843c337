import { migrateService } from '@okienko/chassis/migrate-service';
import { casesService } from './service';

void migrateService(casesService);
