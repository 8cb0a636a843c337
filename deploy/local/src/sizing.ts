import { parseArgs } from 'node:util';
import { Obstacle } from './obstacle';
import { measure } from './sizing/measure';
import { type Place, readAssumptions, readCosts, sizeOf } from './sizing/model';
import { sizesTable } from './sizing/page';
import { run, Steps } from './steps';

/** `npm run sizing`: what a place needs, computed from what acts were measured to cost; with `--measure` they are measured anew. */
run(async () => {
  const { values } = parseArgs({
    options: {
      measure: { type: 'boolean' },
      residents: { type: 'string' },
      journeys: { type: 'string', default: '40' },
    },
  });
  const steps = new Steps(process.stderr);
  const journeys = Number(values.journeys);
  if (!(Number.isInteger(journeys) && journeys > 0)) throw new Obstacle('--journeys is a number above 0.', 'usage');
  if (values.measure) {
    await measure({ journey: journeys, write: journeys * 10, look: journeys * 25, search: journeys * 25 }, steps);
    steps.say('deploy/sizing/costs.json was written; `npm run generate` writes docs/sizing.md.');
  }
  const [costs, assumed] = [readCosts(), readAssumptions()];
  const residents = Number(values.residents);
  if (values.residents !== undefined && !(residents > 0))
    throw new Obstacle('--residents is a number above 0.', 'usage');
  // Deployed as the next larger of those that are known.
  const like = assumed.places.find((place) => residents <= place.residents) ?? (assumed.places.at(-1) as Place);
  const places =
    values.residents === undefined ? assumed.places : [{ ...like, name: 'this place', residents, times: 1 }];
  const sizes = places.map((place) => sizeOf(place, costs, assumed));
  console.log(sizesTable(sizes, assumed));
  console.log(JSON.stringify(sizes));
});
