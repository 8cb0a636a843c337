import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Closing } from '@okienko/local/closing';
import { Obstacle } from '@okienko/local/obstacle';
import { type RunningSystem, runningSystem } from '@okienko/local/running-system';
import { readAssumptions } from '@okienko/local/sizing/model';
import { run } from '@okienko/local/steps';
import { dayOf } from '@okienko/contracts/calendar';
import { hardware } from '../bench/world';
import { assumptions } from './assumptions';
import { Chance } from '../chance';
import { type Done, intensityAt, ratesOf, Town } from './living';
import { cityFile, type LoadedCity, loadCity } from './loading';
import { officeOf } from './office';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Told, and no reason to fail: it says more of the machine than of the city. */
const goalRate = 5_000;

/** Beyond them nobody wants to wait until each event has gone over the streams. */
const mostByStreams = 20_000;

/** `npm run city`: a city from a seed, loaded into the system that `npm start` runs. */
run(async () => {
  const { values } = parseArgs({
    options: {
      size: { type: 'string', default: 'belzyce' },
      seed: { type: 'string', default: '1' },
      years: { type: 'string', default: '5' },
      speed: { type: 'string', default: '60' },
      short: { type: 'boolean' },
      'load-only': { type: 'boolean' },
      days: { type: 'string' },
      way: { type: 'string' },
    },
  });
  const numberOf = (name: 'seed' | 'years' | 'speed' | 'days', text: string): number => {
    const value = Number(text);
    if (!(value > 0)) throw new Obstacle(`--${name} is a number above 0.`, 'usage');
    return value;
  };
  const sizes: Readonly<Record<string, number>> = assumptions.sizes.value;
  const residents = values.short ? 2_000 : (sizes[values.size] ?? Number(values.size));
  if (!(Number.isInteger(residents) && residents >= 100))
    throw new Obstacle(`--size is one of ${Object.keys(sizes).join(', ')}, or a number from 100 on.`, 'usage');
  const [seed, years] = [numberOf('seed', values.seed), numberOf('years', values.years)];
  const way = values.way ?? (residents > mostByStreams ? 'archive' : 'streams');
  if (way !== 'streams' && way !== 'archive') throw new Obstacle('--way is streams or archive.', 'usage');
  const speed = numberOf('speed', values.speed);
  const days = values.days === undefined ? Infinity : numberOf('days', values.days);
  const closing = new Closing();
  const interrupted = closing.onInterruption(say).then(() => process.exit(130));
  try {
    const system = await runningSystem();
    const known = cityFile(system.home).read();
    if (known) {
      say(`The city of ${known.residents} residents (seed ${known.seed}) is loaded already.`);
      if (values['load-only']) throw new Obstacle('npm run reset, in between, makes room for another.');
      await live(system, known, speed, days, closing);
      await closing.end();
      process.exit(0);
    }
    const { figures, faults, ...city } = await loadCity(system, { residents, seed, years, way }, closing, say);
    for (const [name, value] of Object.entries(figures)) say(`  ${name.padEnd(18)} ${value}`);
    for (const fault of faults) say(`  ✗ ${fault}`);
    const met = faults.length === 0;
    const rate = Number(figures['eventsPerSecond']);
    say(
      `  ${rate} events a second from the first row to the last consumer; the goal of ${goalRate} is ${rate >= goalRate ? 'met' : 'missed'}.`,
    );
    const told = JSON.stringify({
      proof: 'city',
      met,
      rateMet: rate >= goalRate,
      seed,
      digest: city.digest,
      hardware,
      ...figures,
    });
    if (met && !values['load-only'] && !values.short) {
      say(told);
      await live(system, city, speed, days, closing);
    }
    await closing.end();
    if (!met || values['load-only'] || values.short) say(told);
    process.exit(met ? 0 : 1);
  } catch (error) {
    await (closing.begun ? interrupted : closing.end());
    throw error;
  }
});

const day = 86_400_000;
// A Monday, a quarter of an hour before the doors open.
const firstMorning = Date.UTC(2026, 0, 5, 7, 45);

/** Days of the city, so many times faster than ours, until Ctrl-C. What is done is done by today's date: the services know no other. */
async function live(
  { api, page }: RunningSystem,
  { residents, world }: LoadedCity,
  speed: number,
  forDays: number,
  closing: Closing,
): Promise<void> {
  const began = Date.now();
  const now = (): Date => new Date(firstMorning + (Date.now() - began) * speed);
  const mean = ratesOf(residents, readAssumptions());
  const rates = (): typeof mean => {
    const times = speed * intensityAt(now());
    const { journey, write, look, search } = mean;
    return { journey: journey * times, write: write * times, look: look * times, search: search * times };
  };
  const done: Done[] = [];
  const town = new Town(
    officeOf(api, () => dayOf(new Date())),
    world,
    new Chance(began),
    rates,
    (7 * day) / speed,
    (one) => done.push(one),
  );
  await town.start();
  closing.add(() => town.stop());
  say(`The city lives, a day in ${(1440 / speed).toFixed(1)} minutes; ${page} shows it. Ctrl-C ends it.`);
  while (!closing.begun && Date.now() - began < (forDays * day) / speed) {
    await pause(2000);
    const at = now();
    const counted = done.splice(0);
    const of = (act: Done['act']): number => counted.filter((one) => one.act === act).length;
    const failed = counted.filter(({ failure }) => failure !== undefined);
    say(
      `  ${at.toUTCString().slice(0, 3)} ${at.toISOString().slice(11, 16)}   ${of('journey')} apply, ${of('write')} served or registered, ${of('look')} files looked at, ${of('search')} searches` +
        (failed.length > 0 ? `, ${failed.length} failed: ${failed[0]?.failure}` : ''),
    );
  }
}
