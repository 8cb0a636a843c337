import { join } from 'node:path';
import { Closing } from '@okienko/local/closing';
import { run } from '@okienko/local/steps';
import { Chance } from '../../chance';
import { type Line, meets, table } from '../report';
import { type Contestant, median, medianOf, ratio, rounds } from '../rounds';
import { argument } from '../settings';
import { hardware } from '../world';
import { Replica } from '../partners/replica';
import { type Answered, type Asked, bodyOf } from './load';
import { enginesFor, prepareWorld, type Route, spentBy, type World } from './world';

const args = process.argv.slice(2);
const short = args.includes('--short');
const settings = {
  seed: Number(argument(args, '--seed') ?? Math.floor(Math.random() * 1_000_000)),
  rounds: Number(argument(args, '--rounds') ?? (short ? 5 : 7)),
  seconds: Number(argument(args, '--seconds') ?? (short ? 1 : 3)),
  /**
   * At most, of the first turn of each, which goes on as long as it gets faster: what the compiler has not seen ten thousand times costs
   * several times as much.
   */
  warmUpSeconds: Number(argument(args, '--warm-up') ?? 20),
  clients: Number(argument(args, '--clients') ?? 16),
  offers: short ? 5_000 : 100_000,
  cases: Number(argument(args, '--cases') ?? (short ? 10_000 : 100_000)),
  /** Each is qualified once: enough for both sides. */
  waiting: Number(argument(args, '--waiting') ?? (short ? 60_000 : 120_000)),
};
const only = argument(args, '--only')?.split(',');

interface Turn extends Answered {
  /** Microseconds of the server's processor time. */
  readonly cpu: number;
  readonly megabytes: number;
}
type Turns = Map<string, Turn[]>;

const sides = ['ours', 'limit'] as const;
type Side = (typeof sides)[number];

/** Of what can be done once only, each side takes from its own end. */
class Left {
  private readonly taken = new Map<string, number>();

  /** One has been tried of each end before. */
  of({ name, paths, once }: Route, side: Side): Pick<Asked, 'paths' | 'from'> {
    if (!once) return { paths };
    return { paths: side === 'ours' ? paths : paths.toReversed(), from: this.taken.get(`${name} ${side}`) ?? 1 };
  }

  took({ name }: Route, side: Side, requests: number): void {
    this.taken.set(`${name} ${side}`, (this.taken.get(`${name} ${side}`) ?? 1) + requests);
  }
}
const left = new Left();

const contestants = (world: World, limit: Replica, routes: readonly Route[], turns: Turns): Contestant[] =>
  routes.flatMap((route) =>
    sides.map((side) => ({
      name: `${route.name} ${side}`,
      async run() {
        const { name, server: own, ...asked } = route;
        const server = side === 'ours' ? own : limit;
        const key = `${name} ${side}`;
        const { clients } = settings;
        const ask = async (seconds: number): Promise<Answered> => {
          const answered = await world.load({ ...asked, ...left.of(route, side), url: server.url, clients, seconds });
          left.took(route, side, answered.requests);
          return answered;
        };
        if (!turns.has(key)) await warmUp(ask);
        const before = spentBy(server.pid);
        const answered = await ask(settings.seconds);
        const { milliseconds, megabytes } = spentBy(server.pid);
        const cpu = ((milliseconds - before.milliseconds) * 1000) / answered.requests;
        turns.set(key, [...(turns.get(key) ?? []), { ...answered, cpu, megabytes }]);
        return answered.perSecond;
      },
    })),
  );

const warmUpTurn = 2.5;
async function warmUp(ask: (seconds: number) => Promise<Answered>): Promise<void> {
  let best = 0;
  for (let spent = 0; spent < settings.warmUpSeconds; spent += warmUpTurn) {
    const { perSecond } = await ask(Math.min(warmUpTurn, settings.warmUpSeconds - spent));
    if (perSecond < best * 1.03) return;
    best = Math.max(best, perSecond);
  }
}

/** What is not the same cannot be compared: bytes of what is read, fields of what is made. */
async function isSame(limit: Replica, route: Route): Promise<void> {
  const { server, method, paths, token, bodies, version, name } = route;
  const ask = async (url: string, path = ''): Promise<string> => {
    const body = bodyOf(bodies, 0);
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(method === 'POST' && { 'idempotency-key': `same-${Math.random()}` }),
        ...(body !== null && { 'content-type': 'application/json' }),
        ...(version !== undefined && { 'if-match': `"${version}"` }),
      },
      body,
    });
    return `${answer.status} ${await answer.text()}`;
  };
  const [path = ''] = paths;
  const [ours, theirs] = [await ask(server.url, path), await ask(limit.url, left.of(route, 'limit').paths[0])];
  const shape = (text: string): string =>
    method === 'GET'
      ? text
      : text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id').replace(/"noticeNumber":"[^"]+"/, 'number');
  if (!/^20[01] /.test(ours) || shape(ours) !== shape(theirs))
    throw new Error(`${name}: the limit answers otherwise.\n${ours.slice(0, 1500)}\n${theirs.slice(0, 1500)}`);
  if (path.includes('?') && (JSON.parse(ours.slice(4)) as { items: unknown[] }).items.length === 0)
    throw new Error(`${name}: the page is empty.`);
}

/** `npm run bench:http`: the hot routes beside what Fastify, `pg` and hand-written SQL do at most. */
run(async () => {
  const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
  const closing = new Closing();
  const interrupted = closing.onInterruption(say).then(() => process.exit(130));
  try {
    say(`Seed ${settings.seed}${short ? ', short form' : ''}`);
    const world = await prepareWorld(settings, await enginesFor(closing, say), closing, say);
    const limit = await Replica.start(world.limit, join(__dirname, 'limit.js'));
    closing.add(() => limit.stop());
    const routes = world.routes.filter(({ name }) => only?.includes(name) ?? true);
    for (const route of routes) await isSame(limit, route);
    const turns: Turns = new Map();
    const chance = new Chance(settings.seed);
    const figures = await rounds(settings.rounds, () => chance.next(), contestants(world, limit, routes, turns), say);
    const lines = [...linesOf(routes, figures), ...costs(routes, turns)];
    const met = lines.every(meets);
    say(`\n${details(routes, turns)}\n\n${table(lines)}\n`);
    say(`${hardware}; ${Object.entries(world.versions).flat().join(' ')}`);
    const said = Object.fromEntries(lines.map(({ key, figure }) => [key, Number(figure.toPrecision(4))]));
    const { versions } = world;
    await closing.end();
    say(JSON.stringify({ bench: 'http', met, ...settings, short, hardware, versions, ...said }));
    process.exit(met ? 0 : 1);
  } catch (error) {
    if (closing.begun) await interrupted;
    await closing.end();
    throw error;
  }
});

function linesOf(routes: readonly Route[], figures: ReadonlyMap<string, readonly number[]>): Line[] {
  const kinds = [
    { key: 'readVsLimit', method: 'GET', median: 0.65, least: 0.5 },
    { key: 'writeVsLimit', method: 'POST', median: 0.6, least: 0.45 },
  ] as const;
  return kinds.flatMap(({ key, method, median: goal, least }) => {
    const each = routes
      .filter((route) => route.method === method)
      .map(({ name }) => ({ name, figure: ratio(figures, `${name} ours`, `${name} limit`) }));
    if (each.length === 0) return [];
    return [
      ...each.map(({ name, figure }) => ({
        key: `${key}_${name}`,
        figure,
        goal: { atLeast: least },
        what: `of the limit's requests a second; ours ${Math.round(medianOf(figures, `${name} ours`))}`,
      })),
      {
        key,
        figure: median(each.map(({ figure }) => figure)),
        goal: { atLeast: goal },
        what: 'median of these routes',
      },
    ];
  });
}

/** Steadier than requests a second, and without what the database takes of the same processors. */
const costs = (routes: readonly Route[], turns: Turns): Line[] =>
  routes.map(({ name }) => ({
    key: `cpuVsLimit_${name}`,
    figure: middle(turns, `${name} limit`, 'cpu') / middle(turns, `${name} ours`, 'cpu'),
    what: "the limit's processor time for a request by ours",
  }));

/** The first turn warms up. */
const middle = (turns: Turns, who: string, key: keyof Turn): number =>
  median((turns.get(who) ?? []).slice(1).map((turn) => turn[key]));

function details(routes: readonly Route[], turns: Turns): string {
  const row = (cells: readonly (string | number)[]): string =>
    cells.map((cell, at) => (at < 2 ? String(cell).padEnd(14) : String(cell).padStart(9))).join('');
  const rows = routes.flatMap(({ name }) =>
    sides.map((side) => {
      const of = (key: keyof Turn): number => middle(turns, `${name} ${side}`, key);
      const [p50, p99] = [of('p50').toFixed(1), of('p99').toFixed(1)];
      return row([name, side, of('perSecond').toFixed(0), p50, p99, of('cpu').toFixed(0), of('megabytes').toFixed(0)]);
    }),
  );
  return [row(['route', '', 'per s', 'p50 ms', 'p99 ms', 'CPU µs', 'MB']), ...rows].join('\n');
}
