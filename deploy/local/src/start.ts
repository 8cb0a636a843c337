import { spawn } from 'node:child_process';
import { type Service, services } from '@okienko/contracts/event';
import { Api } from './api';
import { Closing } from './closing';
import { startEngines } from './engines';
import { startIssuer } from './issuer';
import { summary, timeline, witnessAt } from './journey-telling';
import { claimHome } from './launcher';
import { followEvents } from './live-events';
import { startMailbox } from './mailbox';
import { Obstacle } from './obstacle';
import { startPage } from './page';
import type { Step } from './page-shown';
import { startPartner } from './partner';
import { dataHome, folderOf } from './paths';
import { fixedPort } from './ports';
import { inventResident } from './resident';
import { ResidentJourney } from './resident-journey';
import { brokerPasswords, keptSecrets } from './secrets';
import { Seed } from './seed';
import { migrate, prepareDatabase, prepareStreams, type ServicesOptions, startServices, urlOf } from './services';
import { run, Steps } from './steps';
import { Supervisor } from './supervise';

async function start(closing: Closing, steps: Steps): Promise<void> {
  const began = performance.now();
  const home = dataHome();
  closing.add(await claimHome(home));
  const supervisor = new Supervisor(home, steps.say);
  closing.add(() => supervisor.stopAll());
  await supervisor.stopLeftovers();
  // All ports first: what is wrong with one is said before anything runs.
  const [page, issuerPort, smtpPort, partnerPort] = [
    await fixedPort('page'),
    await fixedPort('issuer'),
    await fixedPort('smtp'),
    await fixedPort('partner'),
  ];
  const ports = Object.fromEntries(
    await Promise.all(services.map(async (service) => [service, await fixedPort(service)])),
  ) as Record<Service, number>;

  const brokerPasswordOf = keptSecrets(home, brokerPasswords);
  const { postgres, nats } = await startEngines({ home, supervisor, steps, brokerPasswordOf });
  const [issuer, mailbox, partner] = await steps.step(
    'Starting the token issuer, the mailbox and a sample partner',
    () =>
      Promise.all([
        startIssuer({ home, port: issuerPort }),
        startMailbox({ home, port: smtpPort }),
        startPartner({ port: partnerPort }),
      ]),
  );
  closing.add(issuer.stop);
  closing.add(mailbox.stop);
  closing.add(partner.stop);

  const options: ServicesOptions = {
    home,
    supervisor,
    ports,
    adminUrl: postgres.url,
    brokerUrl: nats.urlFor('centre'),
    brokerUrlFor: nats.urlFor,
    issuerUrl: issuer.url,
    smtpPort,
    partnerPort,
  };
  const database = await steps.step('Migrating the databases of the four services', async () => {
    const prepared = await prepareDatabase(options);
    await migrate(prepared, runToEnd);
    return prepared;
  });
  await steps.step('Preparing the streams', () => prepareStreams(options.brokerUrl));
  const live = await followEvents({ url: options.brokerUrl });
  closing.add(live.stop);
  await steps.step('Starting the four services', () => startServices(options, database));

  const told: Step[] = [];
  const shown = await startPage({
    port: page,
    shown: {
      services: services.map((name) => ({ name, url: urlOf(ports[name]), pid: () => supervisor.pid(name) })),
      engines: [postgres, { ...nats, url: options.brokerUrl }],
      issuer,
      mailbox,
      partner,
      live,
      timeline: () => told,
    },
  });
  closing.add(shown.stop);
  steps.say(`  ready ${((performance.now() - began) / 1000).toFixed(1)} s after the start`);

  const urls = Object.fromEntries(services.map((name) => [name, urlOf(ports[name])])) as Record<Service, string>;
  const api = new Api(urls, issuer.token);
  const seed = new Seed(home, api, issuer);
  const { seeded, loaded, remarks } = await steps.step(
    'Loading the catalogues of Elbląg and Ostrowiec through the APIs',
    () => seed.load(),
  );
  steps.say(
    loaded > 0
      ? `  ${loaded} things loaded: programmes, offers, providers, places, authorisations`
      : '  all there from the last time',
  );
  for (const remark of remarks) steps.say(`  ${remark}`);
  partner.use(await seed.subscription(home, partner.url));

  if (!process.argv.includes('--no-journey')) {
    steps.say("\nOne resident's journey:\n");
    const journey = new ResidentJourney(
      api,
      seeded,
      witnessAt(shown.url),
      timeline(steps.say, (step) => told.push(step)),
    );
    steps.say(
      await journey
        .play(inventResident())
        .then(
          summary,
          (error: Error) =>
            `\n✗ The journey stopped: ${error.message}\n  The system stays up; ${folderOf(home, 'logs')} tells more.`,
        ),
    );
  }
  steps.say(`
Everything is up. Open ${shown.url.replace('127.0.0.1', 'localhost')}

${services.map((name) => `  ${name.padEnd(14)} ${urls[name]}/docs`).join('\n')}
  issuer         ${issuer.url}/.well-known/openid-configuration
  PostgreSQL     ${new URL(postgres.url).host}
  NATS           ${nats.url}, passwords in ${folderOf(home, 'secrets')}

npm run journey, in another terminal, plays another resident's journey. Ctrl-C stops everything.`);
}

/** Runs a program to its end; one that fails is an obstacle, told in its own words. */
function runToEnd(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let words = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (words += text.toString()));
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Obstacle(`${args.at(-1)} ended with code ${code}.\n${words}`)),
    );
  });
}

run(async () => {
  const steps = new Steps();
  const closing = new Closing();
  const interrupted = closing.onInterruption(steps.say).then(() => process.exit(0));
  try {
    await start(closing, steps);
  } catch (error) {
    if (closing.begun) return interrupted;
    await closing.end();
    throw error;
  }
  await interrupted;
});
