import { replayService } from '@okienko/chassis/replay-service';

void replayService('notifications');
