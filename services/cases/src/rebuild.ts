import { rebuildService } from '@okienko/chassis/rebuild-service';
import { casesService } from './service';

void rebuildService(casesService);
