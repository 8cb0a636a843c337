import { rebuildService } from '@okienko/chassis/rebuild-service';
import { catalogueService } from './service';

void rebuildService(catalogueService);
