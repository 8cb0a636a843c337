import { parseArgs } from 'node:util';
import { Closing } from '@okienko/local/closing';
import { Obstacle } from '@okienko/local/obstacle';
import { runningSystem } from '@okienko/local/running-system';
import { run } from '@okienko/local/steps';
import { hardware } from '../bench/world';
import { assumptions } from './assumptions';
import { loadCity } from './loading';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run city`: a city from a seed, loaded into the system that `npm start` runs. */
run(async () => {
  const { values } = parseArgs({
    options: {
      size: { type: 'string', default: 'belzyce' },
      seed: { type: 'string', default: '1' },
      years: { type: 'string', default: '5' },
      speed: { type: 'string', default: '60' },
      short: { type: 'boolean' },
    },
  });
  const numberOf = (name: 'seed' | 'years' | 'speed', text: string): number => {
    const value = Number(text);
    if (!(value > 0)) throw new Obstacle(`--${name} is a number above 0.`, 'usage');
    return value;
  };
  const sizes: Readonly<Record<string, number>> = assumptions.sizes.value;
  const residents = values.short ? 2_000 : (sizes[values.size] ?? Number(values.size));
  if (!(Number.isInteger(residents) && residents >= 100))
    throw new Obstacle(`--size is one of ${Object.keys(sizes).join(', ')}, or a number from 100 on.`, 'usage');
  const [seed, years] = [numberOf('seed', values.seed), numberOf('years', values.years)];
  const closing = new Closing();
  const interrupted = closing.onInterruption(say).then(() => process.exit(130));
  try {
    const system = await runningSystem();
    const { figures, faults, digest } = await loadCity(system, { residents, seed, years }, closing, say);
    for (const [name, value] of Object.entries(figures)) say(`  ${name.padEnd(18)} ${value}`);
    for (const fault of faults) say(`  ✗ ${fault}`);
    const met = faults.length === 0;
    await closing.end();
    say(JSON.stringify({ proof: 'city', met, seed, digest, hardware, ...figures }));
    process.exit(met ? 0 : 1);
  } catch (error) {
    await (closing.begun ? interrupted : closing.end());
    throw error;
  }
});
