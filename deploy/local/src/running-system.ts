import { type Service, services } from '@okienko/contracts/event';
import { Api } from './api';
import { Obstacle } from './obstacle';
import type { Status } from './page-status';
import { dataHome } from './paths';
import { portNumber } from './ports';
import { confidentialFile } from './secrets';
import type { Seeded } from './seed';
import { urlOf } from './services';
import { tokenFrom } from './token';

export interface RunningSystem {
  readonly home: string;
  /** Address of its page. */
  readonly page: string;
  readonly status: Status;
  readonly seeded: Seeded;
  readonly api: Api;
}

/** The system that `npm start` runs in this home. */
export async function runningSystem(): Promise<RunningSystem> {
  const home = dataHome();
  const page = urlOf(portNumber('page'));
  const status = await fetch(`${page}/status.json`)
    .then((response) => response.json() as Promise<Status>)
    .catch(() => {
      throw new Obstacle(`Nothing answers at ${page}: run npm start first, in another terminal.`);
    });
  const seeded = confidentialFile<Seeded>(home, 'seeded').read();
  if (!seeded)
    throw new Obstacle('The catalogue has not been loaded yet: wait until npm start says that all is ready.');
  const urls = Object.fromEntries(status.services.map(({ name, url }) => [name, url])) as Record<Service, string>;
  for (const service of services)
    if (!urls[service]) throw new Obstacle(`${service} is not among the services of ${page}.`);
  const api = new Api(urls, (account) => tokenFrom(urlOf(portNumber('issuer')), home, account));
  return { home, page, status, seeded, api };
}
