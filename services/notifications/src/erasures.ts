import { erasuresService } from '@okienko/chassis/erasures-service';
import { erase } from './recipients/erase';

void erasuresService('notifications', erase);
