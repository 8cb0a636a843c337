import { parseArgs } from 'node:util';
import { dataSource } from '@okienko/messaging/data-source';
import type { KeyRing } from '@okienko/privacy/key-ring';
import { rotatePersonKeys } from '@okienko/privacy/key-rotation';
import { PersonKeys } from '@okienko/privacy/person-keys';
import type { DataSource } from 'typeorm';
import { loadConfig, type ServiceConfig } from './config';
import type { SealedData, ServiceDefinition } from './service-definition';

export const rotations = ['master', 'index', 'persons'] as const;
export type Rotation = (typeof rotations)[number];

export interface RotationOptions {
  readonly what: readonly Rotation[];
  /** Seconds that no transaction of the service lasts. */
  readonly grace: number;
  readonly say: (progress: string) => void;
}

const usage = `rotate-keys [--what ${rotations.join('|')}]… [--grace <seconds, 120>]; the environment of the service, DATABASE_URL as the role that owns the schema\n`;

/** Rotates keys while the service goes on. One at a time; a run that was ended in the middle is gone on with. */
export async function rotateKeys<C extends ServiceConfig>(
  { name, sealed }: Pick<ServiceDefinition<C>, 'name' | 'sealed'>,
  config: C,
  options: RotationOptions,
): Promise<Partial<Record<Rotation, object>>> {
  if (!sealed) throw new Error('the service seals nothing');
  const settings = { url: config.DATABASE_URL, mappings: [], migrations: [], poolSize: 2, name: `${name} keys` };
  const database = await dataSource(settings).initialize();
  const alone = database.createQueryRunner();
  try {
    const rows = (await alone.query(`select pg_try_advisory_lock(hashtext('${name} keys')) as got`)) as [
      { got: boolean },
    ];
    if (!rows[0].got) throw new Error('another run is at work');
    const ring = await sealed.keyRing(config);
    const done: Partial<Record<Rotation, object>> = {};
    for (const what of options.what) {
      options.say(what);
      done[what] = await act[what](database, ring, sealed as SealedData<ServiceConfig>, config, options);
    }
    return done;
  } finally {
    await alone.release();
    await database.destroy();
  }
}

type Act = (
  database: DataSource,
  ring: KeyRing,
  sealed: SealedData<ServiceConfig>,
  config: ServiceConfig,
  options: RotationOptions,
) => Promise<object>;

const act: Readonly<Record<Rotation, Act>> = {
  async master(database, ring) {
    const keys = new PersonKeys(ring);
    let wrapped = 0;
    for (let some = 1; some > 0; wrapped += some) some = await database.transaction((sql) => keys.rewrap(sql));
    return { version: ring.current, wrapped };
  },
  index: (database, ring, sealed, _, { say }) => sealed.reindex?.(database, ring, say) ?? Promise.resolve({}),
  persons: (database, ring, { places, objects }, config, { grace, say }) =>
    rotatePersonKeys(database, ring, { places, objects: objects?.(config), graceMs: grace * 1000, say }),
};

/** The command, run like a migration. */
export async function rotateKeysOfService<C extends ServiceConfig>(definition: ServiceDefinition<C>): Promise<void> {
  const { values } = parseArgs({
    options: {
      what: { type: 'string', multiple: true },
      grace: { type: 'string', default: '120' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return void process.stdout.write(usage);
  const what = values.what ?? rotations;
  const grace = Number(values.grace);
  if (!what.every(isRotation) || !(grace >= 0)) {
    process.stderr.write(usage);
    process.exit(2);
  }
  try {
    const say = (progress: string): void => void process.stderr.write(`  ${definition.name}: ${progress}\n`);
    const done = await rotateKeys(definition, loadConfig(definition.config, process.env), { what, grace, say });
    process.stdout.write(`${JSON.stringify({ service: definition.name, ...done })}\n`);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${definition.name}: the rotation did not end; run it again: ${(error as Error).message}\n`);
    process.exit(1);
  }
}

const isRotation = (what: string): what is Rotation => (rotations as readonly string[]).includes(what);
