import { startService } from '@okienko/chassis/start-service';
import { catalogueService } from './service';

void startService(catalogueService);
