import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Closing } from '@okienko/local/closing';
import { checkout } from '@okienko/local/paths';
import { run } from '@okienko/local/steps';
import { Chance } from '../../chance';
import { enginesFor, prepareWorld, type World } from '../http/world';
import { type Line, meets, table } from '../report';
import { type Contestant, median, ratio, rounds } from '../rounds';
import { argument } from '../settings';
import { hardware } from '../world';
import { plot } from './plot';

const args = process.argv.slice(2);
const short = args.includes('--short');
const settings = {
  seed: Number(argument(args, '--seed') ?? Math.floor(Math.random() * 1_000_000)),
  sizes: (argument(args, '--sizes') ?? (short ? '1000,10000' : '10000,100000,1000000')).split(',').map(Number),
  rounds: Number(argument(args, '--rounds') ?? (short ? 5 : 9)),
  seconds: Number(argument(args, '--seconds') ?? (short ? 2 : 4)),
  perSecond: Number(argument(args, '--per-second') ?? 50),
  warmUpSeconds: short ? 2 : 6,
};
/** Much less is filed than looked at. */
const writesOf = (perSecond: number): number => perSecond / 5;
const goal = 1.3;
/** A hundred times the people have the same kinds of services, and ten times as many offices, clubs and firms that offer each (assumed). */
const offersOf = (cases: number): number => Math.round(10 * Math.sqrt(cases));

interface Turn {
  readonly p50: number;
  readonly p95: number;
}

const key = (route: string, size: number): string => `${route} ${size.toLocaleString('en')}`;

/** `npm run bench:growth`: the hot routes of cities of several sizes, all up at once and asked in turns. */
run(async () => {
  const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
  const closing = new Closing();
  const interrupted = closing.onInterruption(say).then(() => process.exit(130));
  try {
    const { sizes } = settings;
    if (sizes.length < 2 || sizes.some((size, at) => !(size >= 500) || size <= (sizes[at - 1] ?? 0)))
      throw new Error('--sizes takes two or more numbers of cases, ascending, 500 at least: --sizes 10000,100000');
    say(`Seed ${settings.seed}${short ? ', short form' : ''}`);
    const engines = await enginesFor(closing, say);
    const worlds = new Map<number, World>();
    for (const cases of sizes) {
      const { seed } = settings;
      worlds.set(
        cases,
        await prepareWorld({ seed, cases, offers: offersOf(cases), history: true }, engines, closing, say),
      );
    }
    const turns = new Map<string, Turn[]>();
    const chance = new Chance(settings.seed);
    const contestants = [...worlds].flatMap(([size, world]) => contestantsOf(size, world, turns));
    const figures = await rounds(settings.rounds, () => chance.next(), contestants, say);
    const routes = [...worlds.values()][0]?.routes.map(({ name }) => name) ?? [];
    const [smallest, largest] = [sizes[0] ?? 0, sizes.at(-1) ?? 0];
    const each = routes.map((name) => ({
      name,
      figure: ratio(figures, key(name, largest), key(name, smallest)),
    }));
    const lines: Line[] = [
      ...each.map(({ name, figure }) => ({
        key: `growthP95_${name}`,
        figure,
        goal: { atMost: goal },
        what: `p95 at ${largest.toLocaleString('en')} cases by that at ${smallest.toLocaleString('en')}`,
      })),
      {
        key: 'growthP95',
        figure: Math.max(...each.map(({ figure }) => figure)),
        goal: { atMost: goal },
        what: 'the largest of them',
      },
    ];
    const met = lines.every(meets);
    const middle = (name: string, size: number, which: keyof Turn): number =>
      median((turns.get(key(name, size)) ?? []).slice(1).map((turn) => turn[which]));
    say(`\n${answers(routes, middle)}\n\n${table(lines)}\n`);
    const { versions } = [...worlds.values()][0] as World;
    say(`${hardware}; ${Object.entries(versions).flat().join(' ')}`);
    if (args.includes('--write')) write(routes, middle, lines, versions);
    const said = Object.fromEntries(lines.map(({ key: name, figure }) => [name, Number(figure.toPrecision(4))]));
    await closing.end();
    say(JSON.stringify({ bench: 'growth', met, ...settings, short, hardware, versions, ...said }));
    process.exit(met ? 0 : 1);
  } catch (error) {
    if (closing.begun) await interrupted;
    await closing.end();
    throw error;
  }
});

function contestantsOf(size: number, world: World, turns: Map<string, Turn[]>): Contestant[] {
  return world.routes.map(({ server, ...asked }) => ({
    name: key(asked.name, size),
    async run() {
      const { seconds, perSecond, warmUpSeconds } = settings;
      const load = { ...asked, url: server.url, clients: 8 };
      const known = turns.get(key(asked.name, size));
      // As fast as it goes: what has not been compiled yet would count as growth or as its contrary.
      if (!known) await world.load({ ...load, seconds: warmUpSeconds });
      const pace = asked.method === 'GET' ? perSecond : writesOf(perSecond);
      const { p50, p95 } = await world.load({ ...load, seconds, pace });
      turns.set(key(asked.name, size), [...(known ?? []), { p50, p95 }]);
      return p95;
    },
  }));
}

type Middle = (name: string, size: number, which: keyof Turn) => number;

const cellsOf = (name: string, middle: Middle): string[] =>
  settings.sizes.map((size) => `${middle(name, size, 'p50').toFixed(1)} / ${middle(name, size, 'p95').toFixed(1)}`);

function answers(routes: readonly string[], middle: Middle): string {
  const row = (cells: readonly string[]): string =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(16) : cell.padStart(20))).join('');
  return [
    row(['ms, p50 / p95', ...settings.sizes.map((size) => `${size.toLocaleString('en')} cases`)]),
    ...routes.map((name) => row([name, ...cellsOf(name, middle)])),
  ].join('\n');
}

function write(
  routes: readonly string[],
  middle: Middle,
  lines: readonly Line[],
  versions: Readonly<Record<string, string>>,
): void {
  const { sizes, rounds: turns, seconds, perSecond } = settings;
  const curves = routes.map((name) => ({ name, values: sizes.map((size) => middle(name, size, 'p95')) }));
  const growth = new Map(lines.map(({ key: name, figure }) => [name, figure]));
  const rows = routes.map((name) => {
    return `| ${[name, ...cellsOf(name, middle), (growth.get(`growthP95_${name}`) ?? NaN).toFixed(2)].join(' | ')} |`;
  });
  const text = `# Growth

<!-- Written by \`npm run bench:growth -- --write\`. -->

How long the hot routes take to answer in cities of ${sizes.map((size) => size.toLocaleString('en')).join(', ')} cases: milliseconds at the client, p50 / p95, medians of ${turns} rounds.

| route | ${sizes.map((size) => `${size.toLocaleString('en')} cases`).join(' | ')} | p95, largest by smallest |
| --- | ${sizes.map(() => '--- | ').join('')}--- |
${rows.join('\n')}

![95th percentile of each route by the number of cases](growth.svg)

${new Date().toISOString().slice(0, 10)}, ${hardware}, ${Object.entries(versions).flat().join(' ')}; the goal is ${goal} for every route.

- The cities are up at once, each with services and databases of its own on one PostgreSQL, and are asked in turns, in another order each round: a busy minute of the machine
  hits them all.
- Each route is asked ${perSecond} times a second (an application is filed ${writesOf(perSecond)} times) for ${seconds} seconds a turn, whether answered or not; an answer's time counts from when its
  request was due.
- With the cases grow the offers by the root (${sizes.map((size) => offersOf(size).toLocaleString('en')).join(', ')}): a hundred times the people have the same kinds of services and, as is assumed, ten times as many
  who offer each; a million cases are more than thirty years of a city of a million at three matters a year for a hundred residents. Searching 100,000 and a million offers
  is measured by \`npm run bench:search\`.
- With the cases grow also the deadlines, the officers who have them, the outbox (ten rows a case, in a month of daily partitions), the access log (three) and the keys of repeatable requests. What the
  one who asks has on their own desk does not: two hundred cases, because an officer does not get more of them in a larger city.
- Nothing else that a case leaves behind grows, such as plans and orders; the plans of their queries are held by a test of their own ([README](README.md)).
`;
  const folder = join(checkout, 'docs', 'performance');
  writeFileSync(join(folder, 'growth.md'), text);
  writeFileSync(join(folder, 'growth.svg'), plot(sizes, curves));
}
