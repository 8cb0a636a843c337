import 'reflect-metadata';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, NestFactory } from '@nestjs/core';
import type { NestMicroservice } from '@nestjs/microservices';
import type { Service } from '@okienko/contracts/event';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Clock } from '@okienko/messaging/clock';
import { dataSource } from '@okienko/messaging/data-source';
import { DeadLetters } from '@okienko/messaging/dead-letters';
import { JetStreamStrategy, RethrowFilter } from '@okienko/messaging/jetstream-strategy';
import { Messaging } from '@okienko/messaging/messaging';
import { watchBacklog } from '@okienko/messaging/backlog-gauges';
import { Telemetry } from '@okienko/messaging/telemetry';
import { Tracing, untraced } from '@okienko/messaging/tracing';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { AccessLogKeeper, accessLogMapping } from './access-log-keeper';
import { AccessGuard } from './access.guard';
import { Authentication } from './authentication';
import type { ServiceConfig } from './config';
import { addDocs } from './docs';
import { LOGGER, logOf } from './logger';
import { limits } from './limits';
import { NestLog } from './nest-log';
import {
  about,
  type About,
  DeadLettersController,
  HealthController,
  OperationsController,
  PlatformController,
} from './platform.controllers';
import { ProblemDetailsFilter } from './problem-details.filter';
import { refuseAddress, refuseConnection } from './raw-refusals';
import { addRequestHooks } from './request-hooks';
import { RevocationsController, RevocationsWatch } from './revocations.controller';
import { Revocations } from './revocations';
import type { ServiceDefinition } from './service-definition';
import { watchService } from './service-gauges';
import { securityHeaders } from './security-headers';
import { addUploads } from './upload';
import { validationPipe } from './validation';
import { version } from './version';

export interface RunningService {
  readonly app: NestFastifyApplication;
  /**
   * Stops in the order that loses nothing: requests, messages, outbox, database. For a `lull` (milliseconds) before it closes the server, every
   * answer ends its connection, so that a busy client is on its way to another replica and loses nothing to a connection closed under it.
   */
  stop(lull?: number): Promise<void>;
}

/** No `Authorization`: a page of another origin reads as nobody. */
const publicReading = { methods: ['GET', 'HEAD'], allowedHeaders: ['Accept', 'Accept-Language', 'If-None-Match'] };
/** Before the address of one whose calls are counted apart; no account and no address has a blank in it. */
const strangers = 'stranger ';

@Module({})
class Platform {}

/** Puts a service together: its module between the platform's providers and the server's hooks. Listens to nothing yet. */
export async function createService<C extends ServiceConfig>(
  definition: ServiceDefinition<C>,
  config: C,
  clock = new Clock(),
): Promise<RunningService> {
  const log = logOf(definition.name, config.LOG_LEVEL);
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
  const tracing = await tracingOf(definition.name, config, log);
  const work = new UnitOfWork(database, clock, tracing);
  const deadLetters = new DeadLetters(database, log);
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
    new Telemetry(log, registry, tracing),
  );
  watchBacklog(database, messaging, registry);
  watchService(database, messaging, registry);
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
    [Tracing, tracing],
    [about, self],
    [definition.config, config],
    [Authentication, authentication],
    [Revocations, revocations],
  ];

  const adapter = new FastifyAdapter({
    ...serverOf(config),
    bodyLimit: limits.bodyBytes,
    forceCloseConnections: 'idle',
    // What still comes over a connection that was open is answered like any other.
    return503OnClosing: false,
    trustProxy: config.TRUSTED_PROXIES?.split(',') ?? false,
    keepAliveTimeout: limits.idleMilliseconds,
    requestTimeout: limits.requestMilliseconds,
    clientErrorHandler: refuseConnection,
    // Clients of HSDS put a slash after the address of the API, as the standard writes it.
    routerOptions: { maxParamLength: limits.placeholder, ignoreTrailingSlash: true },
    frameworkErrors: refuseAddress,
    schemaController: { compilersFactory: { buildValidator: withoutSchemas, buildSerializer: withoutSchemas } },
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
  const secure = securityHeaders();
  server.addHook('onRequest', (_, reply, done) => {
    void reply.headers(secure);
    done();
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
  addRequestHooks(server, log, registry, definition, tracing);
  // A front deals out connections: a client that kept one for ever would never come to a replica that was added for its sake.
  const firstUse = new WeakMap<Socket, number>();
  server.addHook('onSend', ({ raw: { socket } }, reply, payload, done) => {
    const now = Date.now();
    const since = firstUse.get(socket) ?? now;
    if (since === now) firstUse.set(socket, now);
    if (self.draining || now - since > limits.connectionMilliseconds) void reply.header('Connection', 'close');
    done(null, payload);
  });
  // An answer that goes on, such as a stream of events, ends when its token is revoked.
  server.addHook('onSend', ({ token }, { raw }, payload, done) => {
    if (token && payload instanceof Readable) {
      revocations.watch(raw, token, () => raw.destroy());
      raw.once('close', () => revocations.letGo(raw));
    }
    done(null, payload);
  });
  addUploads(server);
  addDocs(server, definition.name);

  const strategy = new JetStreamStrategy(messaging, tracing);
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
    async stop(lull = 0) {
      self.draining = true;
      await Promise.all([messaging.stopConsuming(), pause(lull)]);
      await app.close();
      await messaging.stop();
      await database.destroy();
      await tracing.stop();
    },
  };
}

/** Bodies are checked by their classes. Fastify's own compilers would be loaded all the same, with two more copies of Ajv. */
const withoutSchemas = (): never => {
  throw new Error('A route has a schema for Fastify, which is not prepared for it.');
};

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

/** What it takes is loaded only where there is somewhere to send traces to. */
async function tracingOf(service: Service, config: ServiceConfig, log: Logger): Promise<Tracing> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: collector, OTEL_SDK_DISABLED: disabled } = config;
  if (collector === undefined || disabled === 'true') return untraced;
  // By the package's name: `import()` wants the full name of a file, and in tests that is another one than in a build.
  // eslint-disable-next-line @nx/enforce-module-boundaries
  const { OtlpTracing } = await import('@okienko/chassis/otlp-tracing');
  return new OtlpTracing({ ...config, service, collector }, log);
}

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
    controllers: [
      HealthController,
      PlatformController,
      DeadLettersController,
      OperationsController,
      RevocationsController,
    ],
    providers: [...providers, ...frame, AccessLogKeeper, RevocationsWatch],
    exports: providers.map(({ provide }) => provide),
  };
}

export { LOGGER, type Logger } from './logger';
