import type { Engine } from './engine';
import { type NatsEngine, startNats } from './nats';
import type { BrokerUser } from './partner-accounts';
import { fixedPort, freePort } from './ports';
import { startPostgres } from './postgres';
import { Steps } from './steps';
import { Supervisor } from './supervise';

export interface Engines {
  readonly postgres: Engine;
  readonly nats: NatsEngine;
  stop(): Promise<void>;
}

export interface EnginesOptions {
  readonly home: string;
  /** `fixed`: as ports.ts and the environment say. `free`: any, so that several homes can run side by side. */
  readonly ports?: 'fixed' | 'free';
  readonly syncAlways?: boolean;
  /** Settings of a PostgreSQL started here, beside or instead of the usual ones. */
  readonly postgresSettings?: Readonly<Record<string, string>>;
  /** Who comes in to a NATS started here; everybody, unless given. */
  readonly brokerPasswordOf?: (user: BrokerUser) => string;
  readonly supervisor?: Supervisor;
  readonly steps?: Steps;
}

/** Nobody reads along, as in a test. */
const unseen = new Steps({ write: () => undefined });

/** PostgreSQL and NATS, for `npm start` and for tests. */
export async function startEngines({
  home,
  ports = 'fixed',
  syncAlways = true,
  postgresSettings = {},
  brokerPasswordOf,
  steps = unseen,
  supervisor = new Supervisor(home, steps.say),
}: EnginesOptions): Promise<Engines> {
  await supervisor.stopLeftovers();
  // An engine that the environment names runs elsewhere: its port here may be anybody's.
  const portOf = async (name: 'postgres' | 'nats', given: string): Promise<number> =>
    process.env[given] ? 0 : ports === 'free' ? freePort() : fixedPort(name);
  const common = { home, supervisor, say: steps.say };
  try {
    const postgres = await steps.step('Starting PostgreSQL', async () =>
      startPostgres({ ...common, port: await portOf('postgres', 'DATABASE_URL'), settings: postgresSettings }),
    );
    steps.say(`  ${postgres.source}, version ${postgres.version}`);
    const nats = await steps.step('Starting NATS', async () =>
      startNats({
        ...common,
        port: await portOf('nats', 'NATS_URL'),
        syncAlways,
        ...(brokerPasswordOf && { passwordOf: brokerPasswordOf }),
      }),
    );
    steps.say(`  ${nats.source}, version ${nats.version}`);
    return {
      postgres,
      nats,
      async stop() {
        await nats.stop();
        await postgres.stop();
      },
    };
  } catch (error) {
    await supervisor.stopAll();
    throw error;
  }
}
