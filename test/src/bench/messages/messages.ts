import { Closing } from '@okienko/local/closing';
import { run } from '@okienko/local/steps';
import { type Line, meets, table } from '../report';
import { median, percentile } from '../rounds';
import { hardware } from '../world';
import { burst, handling, steady, twice } from './flowing';
import { settingsFrom, steadyPerSecond } from './settings';
import { prepareWorld } from './world';

/** `npm run bench:messages`: from events to mails, in a burst and at a steady pace. */
run(async () => {
  const { short, rounds, burst: count, steadySeconds } = settingsFrom(process.argv.slice(2));
  const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
  const closing = new Closing();
  const interrupted = closing.onInterruption(say).then(() => process.exit(130));
  try {
    const world = await prepareWorld(closing, say);
    say('▸ warm-up');
    await burst(world, Math.ceil(count / 10));
    const rates: number[] = [];
    const delays: number[] = [];
    const costs: number[] = [];
    const handled: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      say(`▸ round ${round} of ${rounds}: ${count.toLocaleString('en')} at once, then ${steadyPerSecond} a second`);
      const { rate, cpuMilliseconds } = await burst(world, count);
      handled.push((await handling(world, count)).rate);
      rates.push(rate);
      costs.push(cpuMilliseconds);
      delays.push(...(await steady(world, steadyPerSecond, steadySeconds)));
    }
    const lines: Line[] = [
      {
        key: 'eventsPerSecond',
        figure: median(handled),
        goal: { atLeast: 500 },
        what: 'from the first application of a burst to the last message that is written, while nothing goes out',
      },
      {
        key: 'messagesPerSecond',
        figure: median(rates),
        goal: { atLeast: 200 },
        what: 'from the first event of a burst to the last message recorded as handed over',
      },
      {
        key: 'cpuMsPerMessage',
        figure: median(costs),
        what: 'time of the processor in this process, service and mail server',
      },
      { key: 'p50Ms', figure: percentile(delays, 0.5), what: `from event to mail server, at ${steadyPerSecond}/s` },
      { key: 'p99Ms', figure: percentile(delays, 0.99), goal: { atMost: 100 }, what: 'the same' },
      { key: 'twice', figure: await twice(world), goal: { atMost: 0 }, what: 'mails beyond one for each event' },
    ];
    const met = lines.every(meets);
    say(`\n${table(lines)}\n`);
    const { versions } = world;
    say(
      `${hardware}; ${Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ')}`,
    );
    await closing.end();
    const figures = Object.fromEntries(lines.map(({ key, figure }) => [key, Number(figure.toPrecision(4))]));
    say(JSON.stringify({ bench: 'messages', met, short, hardware, versions, ...figures }));
    process.exit(met ? 0 : 1);
  } catch (error) {
    if (closing.begun) await interrupted;
    await closing.end();
    throw error;
  }
});
