import { erasuresService } from '@okienko/chassis/erasures-service';
import { erase } from './retention/erase';

void erasuresService('cases', erase);
