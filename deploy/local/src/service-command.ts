import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Service } from '@okienko/contracts/event';
import { Obstacle } from './obstacle';
import { checkout, dataHome, folderOf } from './paths';
import { portNumber } from './ports';
import { brokerPasswords, confidentialFile, keptSecrets } from './secrets';
import { environmentOf, serviceSecrets, urlOf } from './services';

interface Ended {
  readonly said: string;
  readonly code: number | null;
}

/** Runs a program of a service as a deployment would, in the environment of `npm start`: as who owns the schema and keeps the streams, or as the service itself. */
export const serviceCommand = async (
  service: Service,
  program: string,
  args: readonly string[],
  as: 'migrate' | 'app' = 'migrate',
): Promise<Ended> => commandIn(await environment(service, as), service, program, args);

export async function commandIn(
  env: NodeJS.ProcessEnv,
  service: Service,
  program: string,
  args: readonly string[],
): Promise<Ended> {
  const path = join(checkout, 'services', service, 'dist', `${program}.js`);
  if (!existsSync(path))
    throw new Obstacle(
      `${path} is not there: run this in a checkout of the version that is deployed, after npm run build.`,
    );
  const child = spawn(process.execPath, [path, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0 && said === '') throw new Obstacle(`${program} of ${service} failed; its reason stands above.`);
  return { said, code };
}

async function environment(service: Service, as: 'migrate' | 'app'): Promise<NodeJS.ProcessEnv> {
  const home = dataHome();
  const role = `${service}_${as}`;
  const password = confidentialFile<Record<string, string>>(home, 'database-passwords').read()?.[role];
  if (!password) throw new Obstacle('There is no local system yet: run npm start first.');
  const { DATABASE_URL: engine, NATS_URL: broker } = process.env;
  const user = as === 'app' ? service : 'centre';
  const login = `${user}:${encodeURIComponent(keptSecrets(home, brokerPasswords)(user))}`;
  const database = new URL(engine ?? `postgres://127.0.0.1:${portNumber('postgres')}`);
  Object.assign(database, { username: role, password, pathname: '/okienko' });
  return {
    ...environmentOf(service, await serviceSecrets(home), {
      brokerUrl: broker ?? `nats://${login}@127.0.0.1:${portNumber('nats')}`,
      issuerUrl: urlOf(portNumber('issuer')),
      smtpPort: portNumber('smtp'),
      partnerPort: portNumber('partner'),
    }),
    FILES_FOLDER: folderOf(home, 'files'),
    DATABASE_URL: database.href,
  };
}
