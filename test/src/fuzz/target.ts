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

const started: Readonly<Record<Service, () => Promise<void>>> = {
  catalogue: async () => run((await import('@okienko/catalogue/service')).catalogueService),
  cases: async () => run((await import('@okienko/cases/service')).casesService),
  providers: async () => run((await import('@okienko/providers/service')).providersService),
  notifications: async () => run((await import('@okienko/notifications/service')).notificationsService),
};

void started[process.argv[2] as Service]();
