import { Closing } from '@okienko/local/closing';
import { run } from '@okienko/local/steps';
import { Chance } from '../../chance';
import { type Line, meets, table } from '../report';
import { type Contestant, median, medianOf, ratio, rounds } from '../rounds';
import { argument } from '../settings';
import { hardware } from '../world';
import { type Mode, prepareWorld, type World } from './world';

const args = process.argv.slice(2);
const short = args.includes('--short');
const settings = {
  seed: Number(argument(args, '--seed') ?? Math.floor(Math.random() * 1_000_000)),
  rounds: Number(argument(args, '--rounds') ?? (short ? 3 : 7)),
  seconds: Number(argument(args, '--seconds') ?? (short ? 2 : 5)),
  persons: short ? 100 : 400,
};

/** Answers in each turn, by contestant. */
type Answered = Map<string, number[]>;

const modes: readonly Mode[] = ['with', 'unflushed', 'without'];

/** One and eight clients, with the log, with a log that is not flushed to disk, and without. */
const contestants = (world: World, answered: Answered): Contestant[] =>
  [1, 8].flatMap((clients) =>
    modes.map((mode) => ({
      name: `${clients} ${mode}`,
      async run() {
        world.log(mode);
        const latencies = await world.load(clients, settings.seconds);
        const name = `${clients} ${mode}`;
        answered.set(name, [...(answered.get(name) ?? []), latencies.length]);
        return median(latencies);
      },
    })),
  );

/** `npm run bench:access-log`: what it costs that every look at a person leaves a row in a hash chain, in the transaction of the look. */
run(async () => {
  const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
  const closing = new Closing();
  const interrupted = closing.onInterruption(say).then(() => process.exit(130));
  try {
    say(`Seed ${settings.seed}${short ? ', short form' : ''}`);
    const world = await prepareWorld(settings.persons, closing, say);
    const answered: Answered = new Map();
    const chance = new Chance(settings.seed);
    const figures = await rounds(settings.rounds, () => chance.next(), contestants(world, answered), say);
    world.log('with');
    const [counted] = await world.service.sql<{ rows: number }>('select count(*)::int as rows from access_log');
    const lines: Line[] = [
      {
        key: 'accessLogCost',
        figure: ratio(figures, '1 with', '1 without') - 1,
        goal: { atMost: 0.1 },
        what: 'of the median answer, one client',
      },
      {
        key: 'unflushedCost',
        figure: ratio(figures, '1 unflushed', '1 without') - 1,
        what: 'of it, the row alone: the same without waiting for the disk, which no service does',
      },
      {
        key: 'accessLogCostUnderLoad',
        figure: ratio(figures, '8 with', '8 without') - 1,
        what: 'the same, eight clients',
      },
      {
        key: 'throughputRatio',
        figure: ratio(answered, '8 with', '8 without'),
        goal: { atLeast: 0.5 },
        what: 'answers of eight clients with the log by those without',
      },
      { key: 'p50WithMs', figure: medianOf(figures, '1 with'), what: 'one client, with the log' },
      { key: 'p50WithoutMs', figure: medianOf(figures, '1 without'), what: 'one client, without' },
      { key: 'rows', figure: counted?.rows ?? 0, goal: { atLeast: 1 }, what: 'rows that the log holds in the end' },
    ];
    const met = lines.every(meets);
    say(`\n${table(lines)}\n`);
    say(`${hardware}; ${Object.entries(world.versions).flat().join(' ')}`);
    const said = Object.fromEntries(lines.map(({ key, figure }) => [key, Number(figure.toPrecision(4))]));
    const { versions } = world;
    await closing.end();
    say(JSON.stringify({ bench: 'access-log', met, ...settings, short, hardware, versions, ...said }));
    process.exit(met ? 0 : 1);
  } catch (error) {
    if (closing.begun) await interrupted;
    await closing.end();
    throw error;
  }
});
