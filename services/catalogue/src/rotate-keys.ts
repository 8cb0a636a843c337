import { rotateKeysOfService } from '@okienko/chassis/rotate-keys-service';
import { catalogueService } from './service';

void rotateKeysOfService(catalogueService);
