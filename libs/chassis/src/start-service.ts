import { flushCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ConfigInvalid, loadConfig, type ServiceConfig } from './config';
import { createService } from './create-service';
import type { ServiceDefinition } from './service-definition';

export type { ServiceDefinition } from './service-definition';

const grace = 25_000;
const lull = 1_000;
const cacheAfter = 20_000;

/** Runs a service until it is told to stop. Exit codes: 0 stopped as told, 1 failed, 2 the configuration is not complete. */
export async function startService<C extends ServiceConfig>(definition: ServiceDefinition<C>): Promise<void> {
  try {
    const config = loadConfig(definition.config, process.env);
    const service = await createService(definition, config);
    let stopping = false;
    const stop = (): void => {
      if (stopping) return;
      stopping = true;
      setTimeout(() => process.exit(1), grace).unref();
      void service.stop(lull).then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
    tidy();
    await service.app.listen(config.PORT, config.HOST);
    // With NODE_COMPILE_CACHE the next start takes half as long. Node itself would write the cache at an orderly end only; to write it now
    // would keep the first answers waiting.
    setTimeout(flushCompileCache, cacheAfter).unref();
  } catch (error) {
    process.stderr.write(`${definition.name} did not start: ${(error as Error).message}\n`);
    process.exit(error instanceof ConfigInvalid ? 2 : 1);
  }
}

/** Gives back to the machine what starting has left behind, some eight megabytes, while nobody waits for an answer yet. */
function tidy(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as NodeJS.GCFunction;
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
