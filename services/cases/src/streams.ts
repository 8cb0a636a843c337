import { streamsService } from '@okienko/chassis/streams-service';

/** A deployment's step before the first service starts, by the user `centre` of the broker: streams and consumers of all services. */
streamsService().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
