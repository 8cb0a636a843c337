import { startService } from '@okienko/chassis/start-service';
import { casesService } from './service';

void startService(casesService);
