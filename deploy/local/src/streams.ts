import { streamsService } from '@okienko/chassis/streams-service';
import { Obstacle } from './obstacle';
import { run } from './steps';

/** `npm run streams`: shows what the broker at NATS_URL lacks, and with `--apply` puts it right. */
run(async () => {
  await streamsService(process.argv.includes('--apply')).catch((error: Error) => {
    throw new Obstacle(error.message);
  });
});
