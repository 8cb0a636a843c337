import { parseArgs } from 'node:util';
import { rotations } from '@okienko/chassis/rotate-keys-service';
import { type Service, services } from '@okienko/contracts/event';
import { Obstacle } from './obstacle';
import { ownersCommand } from './service-command';
import { run, Steps } from './steps';

/** `npm run rotate-keys`: the keys under which the services keep personal data, while they go on. */
run(async () => {
  const { values } = parseArgs({
    options: {
      service: { type: 'string', default: 'all' },
      what: { type: 'string', multiple: true, default: [...rotations] },
      grace: { type: 'string', default: '120' },
      json: { type: 'boolean' },
    },
  });
  const chosen = services.filter((service) => [service, 'all'].includes(values.service));
  const isKnown = values.what.every((what) => (rotations as readonly string[]).includes(what));
  if (chosen.length === 0 || !isKnown || !/^\d+$/.test(values.grace))
    throw new Obstacle(
      'Say it as `npm run rotate-keys -- --service cases|…|all [--what master|index|persons]`; --help tells more.',
    );
  const options = [...values.what.flatMap((what) => ['--what', what]), '--grace', values.grace];
  const steps = new Steps();
  const done: Partial<Record<Service, unknown>> = {};
  for (const service of chosen) {
    const said = await steps.step(`Rotating the keys of ${service}`, () =>
      ownersCommand(service, 'rotate-keys', options),
    );
    const { service: _, ...told } = JSON.parse(said) as { service: Service } & Record<string, object>;
    done[service] = told;
    if (!values.json) for (const [what, figures] of Object.entries(told)) steps.say(`  ${what}: ${tell(figures)}`);
  }
  process.stdout.write(`${JSON.stringify(done)}\n`);
});

const tell = (figures: object): string =>
  Object.entries(figures)
    .map(([name, figure]) => `${name} ${figure}`)
    .join(', ') || 'nothing here';
