import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type Service, services } from '@okienko/contracts/event';
import type { Projection } from '@okienko/messaging/projection';
import type { Rebuilt } from '@okienko/messaging/rebuild';
import { Obstacle } from './obstacle';
import { ownersCommand } from './service-command';
import { run, Steps } from './steps';

/** `npm run rebuild`: a service's copy made anew beside the live one, compared, and on demand put in its place. */
run(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { from: { type: 'string', default: 'stream' }, swap: { type: 'boolean' }, 'dry-run': { type: 'boolean' } },
  });
  const [service, name] = positionals as [Service | undefined, string | undefined];
  if (!service || !services.includes(service) || !['stream', 'archive'].includes(values.from))
    throw new Obstacle(
      'Say it as `npm run rebuild -- <service> <copy> [--from stream|archive] [--swap]`; --help tells more.',
    );
  const projections = JSON.parse(await ownersCommand(service, 'rebuild', ['--list'])) as readonly Projection[];
  const projection = projections.find((one) => one.name === name);
  if (!projection)
    throw new Obstacle(`${service} has these copies: ${projections.map((one) => one.name).join(', ') || 'none'}.`);

  const { owner, aggregates, tables } = projection;
  const steps = new Steps();
  steps.say(
    `${service} follows ${aggregates.join(', ')} of ${owner} in ${tables.map((table) => table.name).join(', ')}; its history is read from the ${values.from}.`,
  );
  if (values['dry-run']) return steps.say('Nothing was done; without --dry-run it is.');
  const options: string[] = values.swap ? ['--swap'] : [];
  if (values.from === 'archive') {
    const replay = randomUUID();
    const said = await steps.step(`Replaying the archive of ${owner}`, () =>
      ownersCommand(owner, 'replay', [
        '--to',
        service,
        '--run',
        replay,
        ...aggregates.flatMap((one) => ['--aggregate', one]),
      ]),
    );
    steps.say(`  ${(JSON.parse(said) as { events: number }).events} events`);
    options.push('--replay', replay);
  }
  const rebuilt = JSON.parse(
    await steps.step(`Rebuilding ${projection.name} of ${service}`, () =>
      ownersCommand(service, 'rebuild', [projection.name, ...options]),
    ),
  ) as Rebuilt;
  steps.say(tell(rebuilt));
  if (!rebuilt.equal && rebuilt.changed === undefined) process.exit(1);
});

function tell({ events, tables, behind, equal, changed }: Rebuilt): string {
  return [
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
}
