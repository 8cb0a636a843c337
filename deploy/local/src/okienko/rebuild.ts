import { randomUUID } from 'node:crypto';
import type { Projection } from '@okienko/messaging/projection';
import type { Rebuilt } from '@okienko/messaging/rebuild';
import { type Command, Option } from 'commander';
import { Obstacle } from '../obstacle';
import { Deployment, serviceNamed } from './deployment';
import { inItsEnvironment } from './in-its-environment';
import { stepOf } from './own-programs';
import { answer, examples, finding, progress } from './telling';

export function addRebuild(program: Command): void {
  const rebuild = program
    .command('rebuild <service> <copy>')
    .description(
      `Makes a service's copy of what another one says anew, beside the live one, by the same handlers; compares the two by digest at one position, while commands and events go on; says what differs. Readers notice nothing; the service's own events wait for the comparison (a second for 100,000 rows). Reads some 2,500 events a second. Copies: of catalogue capacities; of cases offers, capacities, programmes; of providers offers. It works on the system of \`npm start\`; of any other it says the commands.`,
    )
    .addOption(
      new Option(
        '--from <source>',
        'archive: the owner says again all that its outbox has kept; needed where the stream has aged',
      )
        .choices(['stream', 'archive'])
        .default('stream'),
    )
    .option('--swap', 'the live copy is put right, in one transaction')
    .option('--dry-run', 'only tells what would be read and compared')
    .action(
      async (
        named: string,
        name: string,
        { from, swap, dryRun }: { from: string; swap?: boolean; dryRun?: boolean },
        command: Command,
      ) => {
        const service = serviceNamed(named);
        const deployment = Deployment.of(command);
        if (!deployment.isLocal) {
          // Which copies there are, only the service could say.
          await inItsEnvironment(deployment, service, 'rebuild', [name, ...(swap ? ['--swap'] : [])]);
          return;
        }
        const { said: list } = await inItsEnvironment(deployment, service, 'rebuild', ['--list']);
        const projections = JSON.parse(list) as readonly Projection[];
        const projection = projections.find((one) => one.name === name);
        if (!projection)
          throw new Obstacle(
            `${service} has these copies: ${projections.map((one) => one.name).join(', ') || 'none'}.`,
            'usage',
          );
        const { owner, aggregates, tables } = projection;
        const steps = progress();
        steps.say(
          `${service} follows ${aggregates.join(', ')} of ${owner} in ${tables.map((table) => table.name).join(', ')}; its history is read from the ${from}.`,
        );
        if (dryRun) return steps.say('Nothing was done; without --dry-run it is.');
        const options: string[] = swap ? ['--swap'] : [];
        if (from === 'archive') {
          const replay = randomUUID();
          const { said } = await stepOf(deployment, steps, `Replaying the archive of ${owner}`, owner, 'replay', [
            '--to',
            service,
            '--run',
            replay,
            ...aggregates.flatMap((one) => ['--aggregate', one]),
          ]);
          steps.say(`  ${(JSON.parse(said) as { events: number }).events} events`);
          options.push('--replay', replay);
        }
        const { said } = await stepOf(deployment, steps, `Rebuilding ${name} of ${service}`, service, 'rebuild', [
          name,
          ...options,
        ]);
        const rebuilt = JSON.parse(said) as Rebuilt;
        answer(deployment, rebuilt, () => tell(rebuilt));
        if (!rebuilt.equal && rebuilt.changed === undefined) finding();
      },
    );
  examples(rebuild, 'okienko rebuild cases offers', 'okienko rebuild catalogue capacities --from archive --swap');
}

const tell = ({ events, tables, behind, equal, changed }: Rebuilt): string =>
  [
    `  ${events} events; the live copy is behind by ${behind} aggregates`,
    ...tables.map(
      ({ table, rows, digests, missing, surplus, different }) =>
        `  ${table}: ${rows} rows, ${digests.live === digests.rebuilt ? `equal (${digests.live})` : `${missing} missing, ${surplus} too many, ${different} different (${digests.live} ≠ ${digests.rebuilt})`}`,
    ),
    changed !== undefined
      ? `Put right: ${changed} rows.`
      : equal
        ? 'The copy is what its owner said.'
        : 'The copy is not what its owner said. With --swap it is put right.',
  ].join('\n');
