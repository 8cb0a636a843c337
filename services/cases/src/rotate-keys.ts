import { rotateKeysOfService } from '@okienko/chassis/rotate-keys-service';
import { casesService } from './service';

void rotateKeysOfService(casesService);
