import { Closing } from '@okienko/local/closing';
import { run } from '@okienko/local/steps';
import { type Line, meets, table } from '../report';
import { median } from '../rounds';
import { hardware } from '../world';
import { settingsFrom } from './settings';
import { type Settled, settle } from './settling';
import { prepareWorld, seed } from './world';

/** `npm run bench:settlement`: a month of an agreement, computed line by line, handed in and exported, beside one with a tenth of it. */
run(async () => {
  const { seed: chance, short, rounds, sizes } = settingsFrom(process.argv.slice(2));
  const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
  const closing = new Closing();
  const interrupted = closing.onInterruption(say).then(() => process.exit(130));
  try {
    say(`Seed ${chance}${short ? ', short form' : ''}`);
    const world = await prepareWorld(closing, say);
    const lines: Line[] = [];
    let rowsPerSecond = 0;
    for (const size of sizes) {
      const all: Settled[] = [];
      for (let round = 0; round < rounds; round += 1) {
        say(`▸ ${size.toLocaleString('en')} deliveries, round ${round + 1} of ${rounds}`);
        all.push(await settle(world.providers, await seed(world.providers, size, chance + round)));
      }
      const isLast = size === sizes.at(-1);
      rowsPerSecond = size / median(all.map(({ computeSeconds }) => computeSeconds));
      lines.push(...linesOf(all, size, isLast));
      const wrong = all.filter(({ isRight, lines: found }) => !isRight || found !== size).length;
      lines.push({
        key: `wrong${size}`,
        figure: wrong,
        goal: { atMost: 0 },
        what: 'settlements that one statement adds up otherwise',
      });
    }
    lines.push({
      key: 'rowsPerSecond',
      figure: rowsPerSecond,
      what: 'deliveries computed and stored a second, of the largest month',
    });
    const met = lines.every(meets);
    say(`\n${table(lines)}\n`);
    say(`${hardware}; node ${process.versions.node}, postgres ${world.postgres}`);
    await closing.end();
    const figures = Object.fromEntries(lines.map(({ key, figure }) => [key, Number(figure.toPrecision(4))]));
    const versions = { node: process.versions.node, postgres: world.postgres };
    say(JSON.stringify({ bench: 'settlement', met, seed: chance, short, hardware, versions, ...figures }));
    process.exit(met ? 0 : 1);
  } catch (error) {
    if (closing.begun) await interrupted;
    await closing.end();
    throw error;
  }
});

function linesOf(all: readonly Settled[], size: number, isLast: boolean): Line[] {
  const most = (seconds: number): Pick<Line, 'goal'> => (isLast ? { goal: { atMost: seconds } } : {});
  const of = size.toLocaleString('en');
  const figure = (name: Exclude<keyof Settled, 'isRight'>): number => median(all.map((one) => one[name]));
  return [
    {
      key: `computeSeconds${size}`,
      figure: figure('computeSeconds'),
      ...most(10),
      what: `${of} lines computed and stored`,
    },
    {
      key: `submitSeconds${size}`,
      figure: figure('submitSeconds'),
      ...most(10),
      what: 'computed again, compared and handed in',
    },
    { key: `exportSeconds${size}`, figure: figure('exportSeconds'), ...most(10), what: 'taken out as CSV' },
    {
      key: `memoryMB${size}`,
      figure: figure('memoryMB'),
      ...most(64),
      what: 'memory that computing took, at its most',
    },
  ];
}
