import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Service, services } from '@okienko/contracts/event';
import type { AfterRestored } from '@okienko/messaging/after-restore';
import type { Command } from 'commander';
import { Obstacle } from '../obstacle';
import { dataHome } from '../paths';
import { Deployment } from './deployment';
import { commandIn } from '../service-command';
import { inItsEnvironment } from './in-its-environment';
import { examples, finding, progress } from './telling';

const standings = {
  same: 'the database that published last',
  complete: 'restored, and nothing is missing',
  earlier: 'taken back in time, or nothing proves the contrary',
};

interface Options {
  readonly apply?: boolean;
  readonly dryRun?: boolean;
  readonly complete?: boolean;
  readonly numbers?: string;
  readonly out: string;
}

/** What a restored database, a lost broker or both need before the services start again. */
export function addAfterRestore(program: Command): void {
  const restored = program
    .command('after-restore')
    .description(
      `Makes the broker follow after PostgreSQL, NATS or both were restored, and before the services start. Looks whether the databases know all that the streams tell; streams that tell of what was lost are made anew from the outboxes, durables begin again, and partners are given no number twice. docs/operations/backup-and-restore.md says when it is needed. Can be run again. Of any other system than that of \`npm start\` it needs NATS_URL of who keeps the streams, and OKIENKO_CATALOGUE_OWNER_URL, OKIENKO_CASES_OWNER_URL … of the roles that own the schemas; without them it says the commands with which each service does its part.`,
    )
    .option('--dry-run', 'only says what would be done, as without --apply')
    .option('--apply', 'does it')
    .option(
      '--complete',
      'you know that the databases are at their last commit; only needed where NATS is lost as well and cannot prove it',
    )
    .option(
      '--numbers <count>',
      "NATS lost as well, and the databases are not complete: so many numbers of each partner's subscription are passed over (1000)",
    )
    .option('--out <file>', 'the events that were lost, by their ids', join(dataHome(), 'lost-events.jsonl'))
    .action((options: Options, command: Command) => {
      if (options.apply && options.dryRun) throw new Obstacle('Either --apply or --dry-run.', 'usage');
      return afterRestore(Deployment.of(command), options);
    });
  examples(restored, 'okienko after-restore', 'okienko after-restore --apply');
}

async function afterRestore(deployment: Deployment, { apply = false, complete, numbers, out }: Options): Promise<void> {
  const options = [...(complete ? ['--complete'] : []), ...(numbers === undefined ? [] : ['--numbers', numbers])];
  const owners = ownersOf(deployment);
  if (!deployment.isLocal && !owners) return sayElsewhere(deployment, [...options, ...(apply ? ['--apply'] : [])]);
  const steps = progress();
  const ask = (service: Service, ...more: string[]): Promise<AfterRestored> =>
    steps.step(`after-restore: ${service}`, async () => {
      const args = [...options, ...more];
      const { said } = await (owners
        ? commandIn(owners[service], service, 'after-restore', args)
        : inItsEnvironment(deployment, service, 'after-restore', args));
      return JSON.parse(said) as AfterRestored;
    });
  // First a look at all: nothing is changed while one of them still runs, or knows what another has forgotten.
  const looks: AfterRestored[] = [];
  for (const service of services) looks.push(await ask(service));
  const lost = looks.flatMap((look) => look.lost.map((event) => ({ service: look.service, ...event })));
  if (lost.length > 0) {
    writeFileSync(out, lost.map((event) => `${JSON.stringify(event)}\n`).join(''), { mode: 0o600 });
    const ids = `${out}.ids`;
    writeFileSync(ids, JSON.stringify(lost.map(({ id }) => id)), { mode: 0o600 });
    for (const [index, service] of services.entries()) looks[index] = await ask(service, '--lost', ids);
    rmSync(ids);
  }
  for (const look of looks) steps.say(told(look, apply));
  if (lost.length > 0)
    steps.say(
      `${lost.length} events are on the streams, and their acts are lost: ${out} lists them by their ids. People and partners may have heard of them; do them again.`,
    );
  const ahead = looks.filter(({ heardOfLost }) => heardOfLost > 0);
  if (ahead.length > 0)
    throw new Obstacle(
      `${ahead.map(({ service }) => service).join(', ')} acted on what another has lost: restore all databases to one moment (docs/operations/backup-and-restore.md).`,
    );
  if (apply)
    for (const look of looks) {
      const seen = `${out}.seen`;
      writeFileSync(seen, JSON.stringify(look), { mode: 0o600 });
      steps.say(told(await ask(look.service as Service, '--apply', '--seen', seen), true));
      rmSync(seen);
    }
  else {
    steps.say('Nothing was done; with --apply it is.');
    if (lost.length > 0) finding();
  }
  const found = looks.map(({ service, database }) => ({ service, database }));
  process.stdout.write(`${JSON.stringify({ applied: apply, lost: lost.length, services: found })}\n`);
}

/** For each service the role that owns its schema, and who keeps the streams: all that following a restore needs, from wherever both are reached. */
function ownersOf({ namespace, streamReplicas }: Deployment): Record<Service, NodeJS.ProcessEnv> | undefined {
  const variableOf = (service: Service): string => `OKIENKO_${service.toUpperCase()}_OWNER_URL`;
  const missing = [...services.map(variableOf), 'NATS_URL'].filter((name) => process.env[name] === undefined);
  if (missing.filter((name) => name !== 'NATS_URL').length === services.length) return undefined;
  if (missing.length > 0) throw new Obstacle(`Say as well: ${missing.join(', ')}.`, 'usage');
  const { PATH, NATS_URL, NODE_EXTRA_CA_CERTS } = process.env;
  const common = {
    PATH,
    NATS_URL,
    NODE_EXTRA_CA_CERTS,
    EVENT_NAMESPACE: namespace,
    STREAM_REPLICAS: String(streamReplicas),
  };
  const of = (service: Service): NodeJS.ProcessEnv => ({ ...common, DATABASE_URL: process.env[variableOf(service)] });
  return {
    catalogue: of('catalogue'),
    cases: of('cases'),
    providers: of('providers'),
    notifications: of('notifications'),
  };
}

/** Each service does it in its own environment, all of them in one order; the commands are all said. */
async function sayElsewhere(deployment: Deployment, options: readonly string[]): Promise<void> {
  const said: string[] = [];
  for (const service of services)
    await inItsEnvironment(deployment, service, 'after-restore', options).catch((error: unknown) => {
      if (!(error instanceof Obstacle)) throw error;
      said.push(error.message);
    });
  throw new Obstacle(said.join('\n\n'), 'elsewhere');
}

function told(
  { service, database, lost, unheard, heardOfLost, made, saysFrom, followed, applied }: AfterRestored,
  willApply: boolean,
): string {
  if (applied)
    return `  ${service}: made ${made.join(', ') || 'nothing'}${saysFrom === undefined ? '' : `; the outbox is said again from ${saysFrom}`}${
      followed
        ? `; ${Object.entries(followed)
            .map(([what, count]) => `${what} ${count}`)
            .join(', ')}`
        : ''
    }\n`;
  return `${service}: ${standings[database]}\n  lost events ${lost.length}, delivered and forgotten ${unheard ?? 'unknown'}${
    heardOfLost > 0 ? `, acted on what others lost ${heardOfLost}` : ''
  }${willApply || made.length === 0 ? '' : `\n  would make: ${made.join(', ')}`}\n`;
}
