import { erasuresService } from '@okienko/chassis/erasures-service';
import { erase } from './complaints/erase';

void erasuresService('providers', erase);
