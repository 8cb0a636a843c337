import { execFile, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { type Service, services } from '@okienko/contracts/event';
import { Closing } from './closing';
import { debianProgram } from './debian-programs';
import { summary, timeline } from './journey-telling';
import { Obstacle } from './obstacle';
import { checkout, temporaryHome } from './paths';
import { freePort } from './ports';
import { inventResident } from './resident';
import { ResidentJourney } from './resident-journey';
import { urlOf } from './services';
import { run, Steps } from './steps';
import { TrialWorld } from './trial-world';

const { values: asked } = parseArgs({
  options: {
    base: { type: 'string' },
    built: { type: 'boolean' },
    keep: { type: 'boolean' },
    short: { type: 'boolean' },
  },
});

const project = 'okienko-check';

async function output(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, args, { env, maxBuffer: 2 ** 26 });
    return stdout;
  } catch (error) {
    const { stderr = '', message } = error as { stderr?: string; message: string };
    throw new Obstacle(`${program} failed:\n${stderr.trim().split('\n').slice(-12).join('\n') || message}`);
  }
}

/** The engine's own plugin, else the one of Debian 13. */
function composeProgram(): readonly string[] {
  if (spawnSync('docker', ['version', '--format', '{{.Server.Version}}']).status !== 0)
    throw new Obstacle(
      'No container engine answers here, so compose.yaml cannot be tried: start Docker, or set DOCKER_HOST.',
    );
  if (spawnSync('docker', ['compose', 'version']).status === 0) return ['docker', 'compose'];
  const program = debianProgram('docker-compose');
  if (program === undefined) throw new Obstacle('Docker has no `compose` here: install its plugin.');
  return [program];
}

interface Container {
  readonly Name: string;
  readonly Config: { readonly User: string };
  readonly HostConfig: {
    readonly ReadonlyRootfs: boolean;
    readonly CapDrop: readonly string[] | null;
    readonly CapAdd: readonly string[] | null;
    readonly Memory: number;
    readonly Privileged: boolean;
  };
}

/** What runs with more than it was to get, by the engine's own account; `volumes` alone is root, to give folders away. */
async function looseContainers(): Promise<string[]> {
  const ids = await output('docker', [
    'ps',
    '--all',
    '--quiet',
    '--filter',
    `label=com.docker.compose.project=${project}`,
  ]);
  const containers = JSON.parse(await output('docker', ['inspect', ...ids.trim().split('\n')])) as Container[];
  return containers
    .filter(({ Name, Config, HostConfig: host }) => {
      const mayBeRoot = Name.includes('-volumes-');
      const nobody = mayBeRoot || /^[1-9]/.test(Config.User);
      const gains = (host.CapAdd ?? []).length > (mayBeRoot ? 1 : 0);
      return (
        !(nobody && host.ReadonlyRootfs && host.CapDrop?.includes('ALL') && host.Memory > 0) || gains || host.Privileged
      );
    })
    .map(({ Name }) => Name);
}

async function untilReady(urls: readonly string[], seconds: number): Promise<void> {
  for (const end = Date.now() + seconds * 1000; ; await pause(500)) {
    const ready = await Promise.all(
      urls.map((url) =>
        fetch(url, { signal: AbortSignal.timeout(2000) }).then(
          (answer) => answer.ok,
          () => false,
        ),
      ),
    );
    if (ready.every(Boolean)) return;
    if (Date.now() > end)
      throw new Obstacle(`Not ready after ${seconds} s: ${urls.filter((_, index) => !ready[index]).join(', ')}.`);
  }
}

/** `npm run compose-check`: compose.yaml on a real engine, with a resident's journey before and after everything was taken down. */
async function check(closing: Closing, steps: Steps): Promise<void> {
  const compose = composeProgram();
  const images = [join(__dirname, 'images.js'), '--trial', ...(asked.base ? ['--base', asked.base] : [])];
  if (!asked.built) await steps.step('Building the images', () => output(process.execPath, images));

  const home = temporaryHome();
  closing.add(() => rmSync(home, { recursive: true, force: true }));
  const secrets = join(home, 'secrets-of-compose');
  await output(process.execPath, [join(checkout, 'deploy', 'compose', 'secrets.mjs'), secrets], {
    ...process.env,
    SMTP_URL: 'smtp://trial:2525',
  });
  const ports = Object.fromEntries(await Promise.all(services.map(async (name) => [name, await freePort()]))) as Record<
    Service,
    number
  >;
  const urls = Object.fromEntries(services.map((name) => [name, urlOf(ports[name])])) as Record<Service, string>;
  const trialPort = await freePort();
  const env = {
    ...process.env,
    SECRETS: secrets,
    TRIAL_PORT: String(trialPort),
    ...Object.fromEntries(
      services.flatMap((name) => [
        [`${name.toUpperCase()}_PORT`, String(ports[name])],
        [`${name.toUpperCase()}_URL`, urls[name]],
      ]),
    ),
  };
  const [program = '', ...first] = compose;
  const call = (...args: string[]): Promise<string> =>
    output(
      program,
      [
        ...first,
        '--project-name',
        project,
        '--env-file',
        join(checkout, 'deploy', 'compose', 'trial.env'),
        '--profile',
        'trial',
        '--file',
        join(checkout, 'deploy', 'compose.yaml'),
        ...args,
      ],
      env,
    );
  closing.add(() => call('down', '--volumes', '--timeout', '20'));

  const figures: Record<string, number> = {};
  const up = async (title: string): Promise<number> => {
    const began = performance.now();
    await steps.step(title, async () => {
      try {
        await call('up', '--detach', '--quiet-pull');
        await untilReady(
          [...Object.values(urls).map((url) => `${url}/health/ready`), `${urlOf(trialPort)}/health`],
          120,
        );
      } catch (error) {
        steps.say(await call('logs', '--tail', '15'));
        throw error;
      }
    });
    return Number(((performance.now() - began) / 1000).toFixed(1));
  };
  figures['upSeconds'] = await up('Up, from nothing');
  const loose = await looseContainers();
  steps.say(
    loose.length === 0
      ? '  every container is read-only, limited, nobody special, without a capability'
      : `  loose: ${loose.join(', ')}`,
  );

  const world = new TrialWorld({ url: urlOf(trialPort), services: urls });
  const { seeded } = await steps.step('Loading the catalogues', () => world.seed(home));
  const journey = async (): Promise<number> => {
    const result = await new ResidentJourney(world.api, seeded, world.witness, timeline(steps.say)).play(
      inventResident(),
    );
    steps.say(summary(result));
    return result.milliseconds / 1000;
  };
  figures['journeySeconds'] = await journey();
  if (!asked.short) {
    await steps.step('Down, data kept', () => call('down', '--timeout', '45'));
    figures['upAgainSeconds'] = await up('Up again');
    figures['journeyAgainSeconds'] = await journey();
  }
  if (asked.keep) {
    steps.say(
      `\n${services.map((name) => `  ${name.padEnd(14)} ${urls[name]}/docs`).join('\n')}\n\nCtrl-C takes everything down.`,
    );
    await new Promise(() => setInterval(() => undefined, 60_000));
  }
  console.table({ ...figures, loose: loose.length });
  console.log(JSON.stringify({ ...figures, looseContainers: loose.length }));
  if (loose.length > 0) process.exitCode = 1;
}

run(async () => {
  const steps = new Steps();
  const closing = new Closing();
  void closing.onInterruption(steps.say).then(() => process.exit(0));
  try {
    await check(closing, steps);
  } finally {
    if (!closing.begun) await closing.end();
  }
});
