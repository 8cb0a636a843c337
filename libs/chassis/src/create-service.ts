import 'reflect-metadata';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, NestFactory } from '@nestjs/core';
import type { NestMicroservice } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Clock } from '@okienko/messaging/clock';
import { dataSource } from '@okienko/messaging/data-source';
import { DeadLetters } from '@okienko/messaging/dead-letters';
import { JetStreamStrategy, RethrowFilter } from '@okienko/messaging/jetstream-strategy';
import { Messaging } from '@okienko/messaging/messaging';
import { watchParked } from '@okienko/messaging/parked-gauge';
import { Telemetry } from '@okienko/messaging/telemetry';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { pino } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { AccessLogKeeper, accessLogMapping } from './access-log-keeper';
import { AccessGuard } from './access.guard';
import { Authentication } from './authentication';
import type { ServiceConfig } from './config';
import { addDocs } from './docs';
import { LOGGER } from './logger';
import { limits } from './limits';
import { NestLog } from './nest-log';
import { about, type About, DeadLettersController, HealthController, PlatformController } from './platform.controllers';
import { ProblemDetailsFilter } from './problem-details.filter';
import { refuseAddress, refuseConnection } from './raw-refusals';
import { addRequestHooks } from './request-hooks';
import { RevocationsController, RevocationsWatch } from './revocations.controller';
import { Revocations } from './revocations';
import type { ServiceDefinition } from './service-definition';
import { addUploads } from './upload';
import { validationPipe } from './validation';
import { version } from './version';

export interface RunningService {
  readonly app: NestFastifyApplication;
  /** Stops in the order that loses nothing: requests, messages, outbox, database. */
  stop(): Promise<void>;
}

/** Before the address of one whose calls are counted apart; no account and no address has a blank in it. */
/** No `Authorization`: a page of another origin reads as nobody. */
const publicReading = { methods: ['GET', 'HEAD'], allowedHeaders: ['Accept', 'Accept-Language', 'If-None-Match'] };
const strangers = 'stranger ';

@Module({})
class Platform {}

/** Puts a service together: its module between the platform's providers and the server's hooks. Listens to nothing yet. */
export async function createService<C extends ServiceConfig>(
  definition: ServiceDefinition<C>,
  config: C,
  clock = new Clock(),
): Promise<RunningService> {
  const log = pino({
    level: config.LOG_LEVEL,
    base: { service: definition.name },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
  const registry = new Registry();
  registry.setDefaultLabels({ service: definition.name });
  collectDefaultMetrics({ register: registry });

  const database = dataSource({
    url: config.DATABASE_URL,
    mappings: [...definition.mappings, accessLogMapping],
    migrations: definition.migrations,
    name: definition.name,
  });
  await database.initialize();
  const work = new UnitOfWork(database, clock);
  const deadLetters = new DeadLetters(database, log);
  watchParked(database, registry);
  const messaging = new Messaging(
    {
      service: definition.name,
      namespace: config.EVENT_NAMESPACE,
      brokerUrl: config.NATS_URL,
      databaseUrl: config.DATABASE_URL,
    },
    database,
    work,
    deadLetters,
    new Telemetry(log, registry),
  );
  const self: About = { name: definition.name, version, draining: false };
  const revocations = new Revocations(database);
  // Without its table or its database the service is not ready; the watch goes on looking.
  await revocations.look().catch((error: unknown) => log.warn({ error: String(error) }, 'revocations.stumbled'));
  const authentication = new Authentication(
    {
      issuer: config.OIDC_ISSUER,
      audience: config.OIDC_AUDIENCE,
      ...(config.OIDC_LOGOUT_AUDIENCE && { logoutAudience: config.OIDC_LOGOUT_AUDIENCE.split(',') }),
    },
    revocations,
  );
  const provide: [unknown, unknown][] = [
    [DataSource, database],
    [Clock, clock],
    [UnitOfWork, work],
    [DeadLetters, deadLetters],
    [Messaging, messaging],
    [Registry, registry],
    [LOGGER, log],
    [about, self],
    [definition.config, config],
    [Authentication, authentication],
    [Revocations, revocations],
  ];

  const adapter = new FastifyAdapter({
    ...serverOf(config),
    bodyLimit: limits.bodyBytes,
    forceCloseConnections: 'idle',
    trustProxy: config.TRUSTED_PROXIES?.split(',') ?? false,
    keepAliveTimeout: limits.idleMilliseconds,
    requestTimeout: limits.requestMilliseconds,
    clientErrorHandler: refuseConnection,
    // Clients of HSDS put a slash after the address of the API, as the standard writes it.
    routerOptions: { maxParamLength: limits.placeholder, ignoreTrailingSlash: true },
    frameworkErrors: refuseAddress,
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    platform(definition, provide as [symbol, unknown][], [
      { provide: APP_GUARD, useClass: AccessGuard },
      { provide: APP_PIPE, useFactory: validationPipe },
      { provide: APP_FILTER, useValue: new ProblemDetailsFilter(config.PUBLIC_URL ?? '', log) },
    ]),
    adapter,
    { logger: new NestLog(log), abortOnError: false },
  );
  const server = adapter.getInstance();
  server.server.maxConnections = limits.connections;
  await server.register(helmet, {
    frameguard: { action: 'deny' },
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
  });
  // What a page may ask beforehand: reads without a token. Which answers it may see is said with each (`request-hooks.ts`).
  await server.register(cors, {
    delegator: ({ raw: { method } }, done) =>
      done(null, { origin: method === 'OPTIONS' && definition.publicReads === true && '*', ...publicReading }),
  });
  await server.register(rateLimit, {
    max: (_, client) => (client.startsWith(strangers) ? config.STRANGER_RATE_LIMIT : config.RATE_LIMIT),
    timeWindow: '1 minute',
    // Only a token that has been checked has an allowance of its own: one for each token that is sent would be no limit.
    keyGenerator: (request) =>
      authentication.knownAccount(request.headers.authorization) ??
      (request.routeOptions.config.fromStrangers ? `${strangers}${request.ip}` : request.ip),
  });
  addRequestHooks(server, log, registry, definition);
  addUploads(server);
  addDocs(server, definition.name);

  const strategy = new JetStreamStrategy(messaging);
  const handlers = app.connectMicroservice({ strategy }, { deferInitialization: true }) as NestMicroservice;
  handlers.useGlobalFilters(new RethrowFilter());
  // The hooks with which workers start are called by `init` below; Nest would call them here as well.
  handlers.setIsInitHookCalled(true);
  await app.startAllMicroservices();
  await app.init();
  await server.ready();
  messaging.start();

  return {
    app,
    async stop() {
      self.draining = true;
      await messaging.stopConsuming();
      await app.close();
      await messaging.stop();
      await database.destroy();
    },
  };
}

const ofServer = {
  maxHeaderSize: limits.headBytes,
  headersTimeout: limits.headMilliseconds,
  connectionsCheckingInterval: limits.lookMilliseconds,
};

/** With a certificate the service itself speaks TLS, and nothing else. */
const serverOf = ({ TLS_CERT: cert, TLS_KEY: key }: ServiceConfig): object =>
  cert !== undefined && key !== undefined
    ? { https: { ...ofServer, cert, key, minVersion: 'TLSv1.2' } }
    : { http: ofServer };

function platform(
  definition: ServiceDefinition,
  values: readonly [symbol, unknown][],
  frame: Provider[],
): DynamicModule {
  const providers = values.map(([token, useValue]) => ({ provide: token, useValue }));
  return {
    module: Platform,
    global: true,
    imports: [definition.module],
    controllers: [HealthController, PlatformController, DeadLettersController, RevocationsController],
    providers: [...providers, ...frame, AccessLogKeeper, RevocationsWatch],
    exports: providers.map(({ provide }) => provide),
  };
}

export { LOGGER, type Logger } from './logger';
