import 'reflect-metadata';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { NestMicroservice } from '@nestjs/microservices';
import { Clock } from '@okienko/messaging/clock';
import { dataSource } from '@okienko/messaging/data-source';
import type { Handle } from '@okienko/messaging/dead-letters';
import { JetStreamStrategy, RethrowFilter } from '@okienko/messaging/jetstream-strategy';
import { openBroker } from '@okienko/messaging/jetstream';
import { Rebuild, type Rebuilt, type RebuildSettings } from '@okienko/messaging/rebuild';
import { Tracing, untraced } from '@okienko/messaging/tracing';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { loadConfig, type ServiceConfig } from './config';
import { LOGGER } from './create-service';
import { NestLog } from './nest-log';
import type { ServiceDefinition } from './service-definition';

@Module({})
class Frame {}

/** The service's handlers and what they need, without a server, a relay, consumers or anything else that runs by itself. */
async function handlersOf<C extends ServiceConfig>(
  definition: ServiceDefinition<C>,
  config: C,
  database: DataSource,
): Promise<{ handle: Handle; close: () => Promise<void> }> {
  const clock = new Clock();
  const providers = [
    { provide: DataSource, useValue: database },
    { provide: Clock, useValue: clock },
    { provide: UnitOfWork, useValue: new UnitOfWork(database, clock) },
    { provide: definition.config, useValue: config },
    { provide: Tracing, useValue: untraced },
    { provide: LOGGER, useValue: pino({ level: 'silent' }) },
    { provide: Registry, useValue: new Registry() },
  ];
  const frame: DynamicModule = {
    module: Frame,
    global: true,
    imports: [definition.module],
    providers,
    exports: providers.map(({ provide }) => provide),
  };
  const app = await NestFactory.create<NestFastifyApplication>(frame, new FastifyAdapter(), {
    logger: new NestLog(pino({ level: 'silent' })),
    abortOnError: false,
  });
  let handle: Handle = () => Promise.reject(new Error('The service has no handlers.'));
  const strategy = new JetStreamStrategy({
    consume: (_, found) => void (handle = found),
    stopConsuming: () => Promise.resolve(),
  });
  const handlers = app.connectMicroservice({ strategy }, { deferInitialization: true }) as NestMicroservice;
  handlers.useGlobalFilters(new RethrowFilter());
  // Nest would call the hooks with which workers start: they are not to run over a copy in the making.
  handlers.setIsInitHookCalled(true);
  await app.startAllMicroservices();
  return { handle, close: () => app.close() };
}

/** Rebuilds one projection of a service. `DATABASE_URL` is that of the role that owns the schema. */
export async function rebuildProjection<C extends ServiceConfig>(
  definition: ServiceDefinition<C>,
  config: C,
  settings: Omit<RebuildSettings, 'service' | 'namespace'>,
): Promise<Rebuilt> {
  const common = { url: config.DATABASE_URL, mappings: definition.mappings, migrations: definition.migrations };
  const name = `${definition.name} rebuild`;
  const [live, shadow] = await Promise.all([
    dataSource({ ...common, poolSize: 2, name }).initialize(),
    dataSource({ ...common, poolSize: 2, name, schema: `${definition.name}_rebuild` }).initialize(),
  ]);
  const broker = await openBroker(config.NATS_URL, name);
  const { handle, close } = await handlersOf(definition, config, shadow);
  try {
    const all = { ...settings, service: definition.name, namespace: config.EVENT_NAMESPACE };
    return await new Rebuild(all, live, shadow, broker, handle).run();
  } finally {
    await close();
    await broker.connection.close();
    await Promise.all([live.destroy(), shadow.destroy()]);
  }
}

const usage = (projections: readonly { name: string }[]): string =>
  `rebuild --list | <${projections.map(({ name }) => name).join('|') || 'nothing: this service has no copies'}> [--replay <run>] [--swap]\n`;

/** The command, run like a migration: the service's own environment, with `DATABASE_URL` as the role that owns the schema. */
export async function rebuildService<C extends ServiceConfig>(definition: ServiceDefinition<C>): Promise<void> {
  const [name, ...options] = process.argv.slice(2);
  if (name === '--list') {
    process.stdout.write(`${JSON.stringify(definition.projections ?? [])}\n`);
    return;
  }
  const projection = definition.projections?.find((one) => one.name === name);
  if (!projection) {
    process.stderr.write(usage(definition.projections ?? []));
    process.exit(2);
  }
  const replayed = options.indexOf('--replay');
  const run = replayed < 0 ? undefined : options[replayed + 1];
  try {
    const rebuilt = await rebuildProjection(definition, loadConfig(definition.config, process.env), {
      projection,
      swap: options.includes('--swap'),
      say: (progress) => void process.stderr.write(`  ${progress}\n`),
      ...(run === undefined ? {} : { replay: run }),
    });
    process.stdout.write(`${JSON.stringify(rebuilt)}\n`);
    process.exit(rebuilt.equal || rebuilt.changed !== undefined ? 0 : 1);
  } catch (error) {
    process.stderr.write(`${definition.name}: ${projection.name} was not rebuilt: ${(error as Error).message}\n`);
    process.exit(1);
  }
}
