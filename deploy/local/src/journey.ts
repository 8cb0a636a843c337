import { summary, timeline, witnessAt } from './journey-telling';
import { inventResident } from './resident';
import { ResidentJourney } from './resident-journey';
import { runningSystem } from './running-system';
import { run, Steps } from './steps';

/** `npm run journey`: another resident, against the system that `npm start` runs. */
run(async () => {
  const steps = new Steps();
  const { page, seeded, api } = await runningSystem();
  steps.say(
    summary(await new ResidentJourney(api, seeded, witnessAt(page), timeline(steps.say)).play(inventResident())),
  );
});
