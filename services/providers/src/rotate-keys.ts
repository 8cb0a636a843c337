import { rotateKeysOfService } from '@okienko/chassis/rotate-keys-service';
import { providersService } from './service';

void rotateKeysOfService(providersService);
