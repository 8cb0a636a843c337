import { verifyAccessLogService } from '@okienko/chassis/verify-access-log-service';

void verifyAccessLogService('notifications');
