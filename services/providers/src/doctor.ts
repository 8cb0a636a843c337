import { doctorService } from '@okienko/chassis/doctor-service';
import { providersService } from './service';

void doctorService(providersService);
