import { doctorService } from '@okienko/chassis/doctor-service';
import { casesService } from './service';

void doctorService(casesService);
