import { doctorService } from '@okienko/chassis/doctor-service';
import { catalogueService } from './service';

void doctorService(catalogueService);
