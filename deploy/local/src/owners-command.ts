import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Service } from '@okienko/contracts/event';
import { Obstacle } from './obstacle';
import { checkout, dataHome, folderOf } from './paths';
import { portNumber } from './ports';
import { confidentialFile } from './secrets';
import { environmentOf, serviceSecrets, urlOf } from './services';

/** As a deployment would run it: the service's program, in its environment, under the role that owns its schema. */
export async function ownersCommand(
  service: Service,
  of: 'rebuild' | 'replay' | 'rotate-keys',
  args: string[],
): Promise<string> {
  const child = spawn(process.execPath, [join(checkout, 'services', service, 'dist', `${of}.js`), ...args], {
    env: await environment(service),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0 && said === '') throw new Obstacle(`${of} of ${service} failed; its reason stands above.`);
  return said;
}

/** That of `npm start`. */
async function environment(service: Service): Promise<NodeJS.ProcessEnv> {
  const home = dataHome();
  const role = `${service}_migrate`;
  const password = confidentialFile<Record<string, string>>(home, 'database-passwords').read()?.[role];
  if (!password) throw new Obstacle('There is no local system yet: run npm start first.');
  const { DATABASE_URL: engine, NATS_URL: broker } = process.env;
  const database = new URL(engine ?? `postgres://127.0.0.1:${portNumber('postgres')}`);
  Object.assign(database, { username: role, password, pathname: '/okienko' });
  return {
    ...environmentOf(service, await serviceSecrets(home), {
      brokerUrl: broker ?? `nats://127.0.0.1:${portNumber('nats')}`,
      issuerUrl: urlOf(portNumber('issuer')),
      smtpPort: portNumber('smtp'),
      partnerPort: portNumber('partner'),
    }),
    FILES_FOLDER: folderOf(home, 'files'),
    DATABASE_URL: database.href,
  };
}
