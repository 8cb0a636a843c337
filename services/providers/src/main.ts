import { startService } from '@okienko/chassis/start-service';
import { providersService } from './service';

void startService(providersService);
