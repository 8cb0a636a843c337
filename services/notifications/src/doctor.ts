import { doctorService } from '@okienko/chassis/doctor-service';
import { notificationsService } from './service';

void doctorService(notificationsService);
