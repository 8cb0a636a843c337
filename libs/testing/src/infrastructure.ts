import { existsSync, rmSync } from 'node:fs';
import { startEngines } from '@okienko/local/engines';

export interface Infrastructure {
  /** PostgreSQL, as a role that may create databases and roles. */
  readonly databaseUrl: string;
  readonly brokerUrl: string;
  stop(): Promise<void>;
}

const images = { postgres: 'postgres:17-alpine', nats: 'nats:2.12-alpine' };

/** PostgreSQL and NATS for tests: containers where an engine answers and has the images, else the native engines of the local deployment. */
export async function startInfrastructure(home: string): Promise<Infrastructure> {
  if (process.env['DOCKER_HOST'] || existsSync('/var/run/docker.sock')) {
    try {
      return await inContainers();
    } catch (error) {
      process.stderr.write(
        `No containers (${(error as Error).message.split('\n')[0] ?? ''}); the native engines are taken.\n`,
      );
    }
  }
  const engines = await startEngines({ home, ports: 'free', syncAlways: false });
  return {
    databaseUrl: engines.postgres.url,
    brokerUrl: engines.nats.url,
    async stop() {
      await engines.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function inContainers(): Promise<Infrastructure> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const postgres = await new GenericContainer(images.postgres)
    .withEnvironment({ POSTGRES_PASSWORD: 'test' })
    .withCommand(['-c', 'max_connections=300', '-c', 'fsync=off'])
    .withExposedPorts(5432)
    .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
    .start();
  try {
    const nats = await new GenericContainer(images.nats)
      .withCommand(['-js'])
      .withExposedPorts(4222)
      .withWaitStrategy(Wait.forLogMessage(/Server is ready/))
      .start();
    return {
      databaseUrl: `postgres://postgres:test@${postgres.getHost()}:${postgres.getMappedPort(5432)}/postgres`,
      brokerUrl: `nats://${nats.getHost()}:${nats.getMappedPort(4222)}`,
      async stop() {
        await Promise.all([nats.stop(), postgres.stop()]);
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}
