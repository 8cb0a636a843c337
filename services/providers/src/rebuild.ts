import { rebuildService } from '@okienko/chassis/rebuild-service';
import { providersService } from './service';

void rebuildService(providersService);
