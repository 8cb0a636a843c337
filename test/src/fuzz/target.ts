import { createRequire } from 'node:module';
import { loadConfig, type ServiceConfig } from '@okienko/chassis/config';
import { createService } from '@okienko/chassis/create-service';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import type { Service } from '@okienko/contracts/event';

/** A service as a process of its own, which tells on being asked how much memory it still holds. */
async function run<C extends ServiceConfig>(definition: ServiceDefinition<C>): Promise<void> {
  const service = await createService(definition, loadConfig(definition.config, process.env));
  await service.app.listen(0, '127.0.0.1');
  process.on('message', (asked) => {
    if (asked === 'stop') return void service.stop().then(() => process.exit(0));
    global.gc?.();
    process.send?.({ heap: process.memoryUsage().heapUsed });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ url: await service.app.getUrl() });
}

/** Of the four only the one that is asked for: what the others hold in memory is no matter of it. */
const definitionOf = (service: Service): ServiceDefinition<ServiceConfig> =>
  (createRequire(__filename)(`@okienko/${service}/service`) as Record<string, ServiceDefinition<ServiceConfig>>)[
    `${service}Service`
  ] as ServiceDefinition<ServiceConfig>;

void run(definitionOf(process.argv[2] as Service));
