import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { summary, timeline, witnessAt } from './journey-telling';
import { dataHome } from './paths';
import { inventResident } from './resident';
import { ResidentJourney } from './resident-journey';
import { runningSystem } from './running-system';
import { run, Steps } from './steps';
import { publishedPlace, TrialWorld } from './trial-world';

/** `npm run journey`: another resident, against the system that `npm start` runs or, with `--trial`, that of compose.yaml. */
run(async () => {
  const { values: asked } = parseArgs({ options: { trial: { type: 'boolean' } } });
  const steps = new Steps();
  const { api, seeded, witness } = asked.trial ? await triedOut(steps) : await local();
  steps.say(summary(await new ResidentJourney(api, seeded, witness, timeline(steps.say)).play(inventResident())));
});

async function local() {
  const { page, seeded, api } = await runningSystem();
  return { api, seeded, witness: witnessAt(page) };
}

async function triedOut(steps: Steps) {
  const world = new TrialWorld(publishedPlace());
  const { seeded } = await steps.step('Loading the catalogues, where they are not there yet', () =>
    world.seed(join(dataHome(), 'trial')),
  );
  return { api: world.api, seeded, witness: world.witness };
}
