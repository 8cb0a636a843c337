import { migrateService } from '@okienko/chassis/migrate-service';
import { providersService } from './service';

void migrateService(providersService);
