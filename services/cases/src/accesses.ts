import { accessesService } from '@okienko/chassis/accesses-service';

void accessesService('cases');
