import { type Service, services } from '@okienko/contracts/event';
import { Api } from './api';
import { summary, timeline, witnessAt } from './journey-telling';
import { Obstacle } from './obstacle';
import { dataHome } from './paths';
import { portNumber } from './ports';
import { inventResident } from './resident';
import { ResidentJourney } from './resident-journey';
import { confidentialFile } from './secrets';
import type { Seeded } from './seed';
import { urlOf } from './services';
import { run, Steps } from './steps';
import { tokenFrom } from './token';

interface Status {
  readonly services: readonly { readonly name: string; readonly url: string }[];
}

/** `npm run journey`: another resident, against the system that `npm start` runs. */
run(async () => {
  const steps = new Steps();
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
  steps.say(
    summary(await new ResidentJourney(api, seeded, witnessAt(page), timeline(steps.say)).play(inventResident())),
  );
});
