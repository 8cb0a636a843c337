import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Rotation } from '@okienko/chassis/rotate-keys-service';
import { type Service, services } from '@okienko/contracts/event';
import { type Command, Option } from 'commander';
import { Obstacle, exitCodes } from '../obstacle';
import type { Steps } from '../steps';
import { Deployment, serviceNamed } from './deployment';
import { inItsEnvironment } from './in-its-environment';
import { answer, examples, finding, progress } from './telling';

/** Named here, as the program that rotates would bring all that a service is made of. */
const rotations = ['master', 'index', 'persons'] as const satisfies readonly Rotation[];

const elsewhere =
  'It works on the system of `npm start`; of any other it says the commands with which each service does it.';
const chosen = (name: string | undefined): readonly Service[] =>
  name === undefined || name === 'all' ? services : [serviceNamed(name)];

/** Programs of the services, run like a migration: what they do needs the service's own keys and roles. */
export function addOwnPrograms(program: Command): void {
  addDoctor(program);
  addMigrate(program);
  addVerifyAccessLog(program);
  addRotateKeys(program);
  addReplay(program);
}

/** Asks each service in turn. What it says for people is passed on; with `--json` all answers are one array. */
async function ofEach(
  command: Command,
  {
    program,
    of,
    args = () => [],
    as,
  }: {
    program: string;
    of: readonly Service[];
    args?: (service: Service) => readonly string[];
    as?: 'app' | 'migrate';
  },
): Promise<void> {
  const deployment = Deployment.of(command);
  const steps = deployment.json ? undefined : progress();
  const found: unknown[] = [];
  const failed: Obstacle[] = [];
  for (const service of of) {
    const run = () =>
      inItsEnvironment(deployment, service, program, [...args(service), ...(deployment.json ? ['--json'] : [])], as);
    try {
      const { said, code } =
        deployment.isLocal && steps ? await steps.step(`${program}: ${service}`, run) : await run();
      if (deployment.json) found.push(JSON.parse(said));
      else process.stdout.write(said);
      if (code !== 0) finding();
    } catch (error) {
      if (!(error instanceof Obstacle)) throw error;
      failed.push(error);
    }
  }
  if (deployment.json && found.length > 0) process.stdout.write(`${JSON.stringify(found)}\n`);
  if (failed.length > 0) throw new Obstacle(failed.map(({ message }) => message).join('\n\n'), failed[0]?.exit);
}

function addDoctor(program: Command): void {
  const doctor = program
    .command('doctor')
    .description(
      `Looks at what each service stands on and says what is unsafe and what to do: secrets, permissions of their files, TLS on every way, the rights of the service's role and of its user at the broker, migrations, streams, durability, clocks, known holes, the issuer. Changes nothing; exits with 1 when anything is unsafe. ${elsewhere}`,
    )
    .option('--service <name>', 'one service only')
    .action(({ service }: { service?: string }, command: Command) =>
      ofEach(command, { program: 'doctor', of: chosen(service), as: 'app' }),
    );
  examples(doctor, 'okienko doctor --service cases', 'okienko doctor --json');
}

function addMigrate(program: Command): void {
  const migrate = program
    .command('migrate')
    .description(
      `Brings the schemas to the head of the services' migrations, each under the role that owns it, before the new version starts. ${elsewhere}`,
    )
    .option('--service <name>', 'one service only')
    .action(async ({ service }: { service?: string }, command: Command) => {
      const deployment = Deployment.of(command);
      const done: { service: Service; said: string }[] = [];
      const others: string[] = [];
      for (const one of chosen(service))
        try {
          const { said, code } = await inItsEnvironment(deployment, one, 'migrate');
          if (code !== 0) throw new Obstacle(`The migration of ${one} failed; its reason stands above.`);
          done.push({ service: one, said: said.trim().replace(`${one}: `, '') });
          if (!deployment.json) process.stdout.write(said);
        } catch (error) {
          if (!(error instanceof Obstacle) || error.exit !== 'elsewhere') throw error;
          others.push(error.message);
        }
      if (others.length > 0) throw new Obstacle(others.join('\n\n'), 'elsewhere');
      if (deployment.json) answer(deployment, done, () => '');
    });
  examples(migrate, 'okienko migrate', 'okienko migrate --service cases --config city.json');
}

function addVerifyAccessLog(program: Command): void {
  const verify = program
    .command('verify-access-log')
    .description(
      `Verifies the log of who saw and changed whose data, service by service: recomputes every hash, follows every link, and compares the chains with the anchors that were published about them. Tells every edited, removed, reordered or rewritten row; exits with 1 when there is any. Some 50,000 rows a second. ${elsewhere}`,
    )
    .option('--service <name>', 'one service only')
    .option(
      '--anchors <folder>',
      "anchors kept there from earlier runs count as well, and new ones are added: a place that the database's administrator cannot write to, since the stream forgets after two weeks",
    )
    .action(({ service, anchors }: { service?: string; anchors?: string }, command: Command) => {
      if (anchors) mkdirSync(anchors, { recursive: true, mode: 0o700 });
      return ofEach(command, {
        program: 'verify-access-log',
        of: chosen(service),
        args: (one) => (anchors ? ['--file', join(anchors, `${one}.jsonl`)] : []),
      });
    });
  examples(verify, 'okienko verify-access-log --anchors /mnt/auditor/anchors');
}

function addRotateKeys(program: Command): void {
  const rotate = program
    .command('rotate-keys')
    .description(
      `Rotates the keys under which the services keep personal data, while they go on. Run again, it goes on where it ended. ${elsewhere}`,
    )
    .option('--service <name>', 'cases, catalogue, providers, notifications or all', 'all')
    .addOption(
      new Option('--what <kind>', 'master, index or persons, several times for several; without it all three')
        .choices(rotations)
        .argParser((value: string, before: string[] | undefined) => {
          if (!(rotations as readonly string[]).includes(value))
            throw new Obstacle(`--what is one of ${rotations.join(', ')}.`, 'usage');
          return [...(before ?? []), value];
        }),
    )
    .option('--grace <seconds>', 'that no transaction lasts', '120')
    .addHelpText(
      'after',
      `
master    the master key wraps all keys anew. First give every replica \`1:<old>,2:<new>\` as MASTER_KEY, afterwards \`2:<new>\`
index     of cases: everybody is entered under the new key of the index. First \`1:<old>,2:<new>\` as BLIND_INDEX_KEY, then this,
          then \`2:<new>\`, then this once more, which removes what the old one entered
persons   everybody gets a new key, and all that is sealed under the old one is sealed anew; takes two times --grace and some time

Whoever rotates because a key has become known rotates all three: what was sealed before and copied stays readable to who has the old key.`,
    )
    .action(
      async (
        { service, what = [...rotations], grace }: { service: string; what?: string[]; grace: string },
        command: Command,
      ) => {
        if (!/^\d+$/.test(grace)) throw new Obstacle('--grace is a number of seconds.', 'usage');
        const deployment = Deployment.of(command);
        const steps = progress();
        const options = [...what.flatMap((one) => ['--what', one]), '--grace', grace];
        const done: Partial<Record<Service, unknown>> = {};
        for (const one of chosen(service)) {
          const { said } = await stepOf(deployment, steps, `Rotating the keys of ${one}`, one, 'rotate-keys', options);
          const { service: _, ...figures } = JSON.parse(said) as { service: Service } & Record<string, object>;
          done[one] = figures;
          for (const [kind, counts] of Object.entries(figures)) steps.say(`  ${kind}: ${countsOf(counts)}`);
        }
        process.stdout.write(`${JSON.stringify(done)}\n`);
      },
    );
  examples(rotate, 'okienko rotate-keys --service cases --what master');
}

const countsOf = (counts: object): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'nothing here';

/** One step of a longer act: a failure ends the act. */
export async function stepOf(
  deployment: Deployment,
  steps: Steps,
  title: string,
  service: Service,
  program: string,
  args: readonly string[],
): Promise<{ said: string; code: number | null }> {
  const run = () => inItsEnvironment(deployment, service, program, args);
  return deployment.isLocal ? steps.step(title, run) : run();
}

function addReplay(program: Command): void {
  const many = (value: string, before: string[] = []): string[] => [...before, value];
  const replay = program
    .command('replay <owner>')
    .description(
      `Says again, to one service alone, what the outbox and the archive of the owner have kept, under the old ids: who has an event already passes over it. Usually \`rebuild --from archive\` is what is wanted. ${elsewhere}`,
    )
    .requiredOption('--to <service>', 'the reader')
    .requiredOption('--run <name>', 'a name of this run, of letters, digits, - and _')
    .option('--aggregate <kind>', 'only of this kind, such as plan; several times for several', many)
    .option('--id <id>', 'only about this aggregate; several times for several', many)
    .option('--since <time>', 'such as 2026-01-31T12:00:00Z')
    .option('--until <time>', 'such as 2026-02-28T12:00:00Z')
    .action(async (owner: string, options: Record<string, string | string[]>, command: Command) => {
      const deployment = Deployment.of(command);
      const asked = ['to', 'run', 'aggregate', 'id', 'since', 'until'].flatMap((name) =>
        [options[name] ?? []].flat().flatMap((value) => [`--${name}`, value]),
      );
      const { said, code } = await stepOf(
        deployment,
        progress(),
        `Replaying ${owner}`,
        serviceNamed(owner),
        'replay',
        asked,
      );
      process.stdout.write(said);
      if (code !== 0) process.exitCode = code ?? exitCodes.finding;
    });
  examples(replay, 'okienko replay catalogue --to cases --run after-the-fault --aggregate service-offer');
}
